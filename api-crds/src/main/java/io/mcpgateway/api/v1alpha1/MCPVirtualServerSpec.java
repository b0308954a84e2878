package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.mcpgateway.api.contract.ChosenUrl;
import io.mcpgateway.api.v1alpha1.selection.SelectionRuleSpec;
import io.mcpgateway.api.v1alpha1.selection.ToolOverrideSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The desired state of a {@link MCPVirtualServer}. */
@JsonClassDescription("The selected tools, prompts and resources, and what clients are told of them.")
@ValidationRule(
        value = "has(self.tools) || has(self.include) || has(self.exclude)",
        message = "give tools, include or exclude: what the virtual server shows")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MCPVirtualServerSpec(
        @JsonPropertyDescription("What this selection is for. Only for people.") @Size(max = 4096) @Nullable
        String description,

        @JsonPropertyDescription(
                "Names of tools as the gateway serves them, including the prefix. Names that no server offers are "
                        + "reported in status.unknownTools and ignored until one does.")
        @Size(min = 1, max = 4096)
        List<@Size(min = 1, max = 256) String> tools,

        @JsonPropertyDescription(
                "Names of prompts as the gateway serves them, including the prefix. If missing or empty, and without "
                        + "include, prompts are not restricted. Resources are those of the servers whose tools or "
                        + "prompts are selected by name, and those that include selects.")
        @Size(max = 4096)
        List<@Size(min = 1, max = 256) String> prompts,

        @JsonPropertyDescription(
                "Rules that select tools, prompts and resources, in addition to those that are named. What a server "
                        + "offers later is selected too.")
        @Size(min = 1, max = 32)
        List<SelectionRuleSpec> include,

        @JsonPropertyDescription(
                "Rules for what is not selected, whatever else selects it. With neither names nor include, everything "
                        + "else is selected.")
        @Size(min = 1, max = 32)
        List<SelectionRuleSpec> exclude,

        @JsonPropertyDescription(
                "Tools and prompts have the names that their servers gave them, without a prefix. Of two with one name "
                        + "that of the older registration has it; the other one keeps its prefix, see "
                        + "status.nameClashes.")
        @Nullable
        Boolean originalNames,

        @JsonPropertyDescription(
                "Tools and prompts with names that model APIs refuse, because they are longer than 64 characters or "
                        + "contain others than letters, digits, _ and -, get short names instead.")
        @Nullable
        Boolean safeNames,

        @JsonPropertyDescription("What clients are told of single tools instead of what their servers say.")
        @Size(max = 256)
        List<ToolOverrideSpec> overrides,

        @JsonPropertyDescription("The MCP revisions that clients of this selection may use, of those that the"
                + " MCPGatewayExtension allows. If missing or empty, all of these. Sessions that started before a change"
                + " go on until they end.")
        @Size(max = 16)
        List<String> protocolVersions,

        @JsonPropertyDescription(
                "Another path at which clients find the selection: /mcp/ and one word, such as /mcp/finance. It is also "
                        + "served at /mcp/<namespace>/<name> of the public host. If two objects choose the same, the older "
                        + "one keeps it.")
        @Size(max = 133)
        @Pattern(ChosenUrl.PATH_PATTERN)
        @ValidationRule(value = "self != '/mcp/servers'", message = "path must not be /mcp/servers")
        @Nullable
        String path,

        @JsonPropertyDescription(
                "A host of its own, at which clients find the selection, and nothing else, under /mcp or under spec.path. "
                        + "A listener of an MCPGatewayExtension has to admit it, and routes of this namespace.")
        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
        @Nullable
        String hostname,

        @JsonPropertyDescription(
                "\"On\" (with quotes): tools/list has only find_tools, which finds the selected tools by"
                        + " words, and the pinned tools. What it finds can be called as if it were listed. \"Off\": every"
                        + " selected tool is listed. If not set, as the MCPGatewayExtension says.")
        @Nullable
        ToolSearchMode toolSearch,

        @JsonPropertyDescription(
                "Tools that are listed although toolSearch is On, by the names that the gateway serves.")
        @Size(max = 256)
        List<@Size(min = 1, max = 256) String> pinnedTools) {
    public MCPVirtualServerSpec {
        tools = copy(tools);
        prompts = copy(prompts);
        include = copy(include);
        exclude = copy(exclude);
        overrides = copy(overrides);
        protocolVersions = copy(protocolVersions);
        pinnedTools = copy(pinnedTools);
    }

    private static <T> List<T> copy(@Nullable List<T> list) {
        return List.copyOf(Objects.requireNonNullElse(list, List.of()));
    }
}
