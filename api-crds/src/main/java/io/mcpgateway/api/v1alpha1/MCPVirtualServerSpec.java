package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The desired state of a {@link MCPVirtualServer}. */
@JsonClassDescription("The selected tools and prompts.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MCPVirtualServerSpec(
        @JsonPropertyDescription("What this selection is for. Only for people.") @Size(max = 4096) @Nullable
        String description,

        @Required
        @JsonPropertyDescription(
                "Names of the tools as clients see them, including the prefix. Names that no server offers are "
                        + "reported in status.unknownTools and ignored until one does.")
        @Size(min = 1, max = 4096)
        List<@Size(min = 1, max = 256) String> tools,

        @JsonPropertyDescription(
                "Names of the prompts as clients see them, including the prefix. If missing or empty, prompts are not "
                        + "restricted. Resources are those of the servers whose tools or prompts are selected.")
        @Size(max = 4096)
        List<@Size(min = 1, max = 256) String> prompts,

        @JsonPropertyDescription("The MCP revisions that clients of this selection may use, of those that the"
                + " MCPGatewayExtension allows. If missing or empty, all of these. Sessions that started before a change"
                + " go on until they end.")
        @Size(max = 16)
        List<String> protocolVersions) {
    public MCPVirtualServerSpec {
        tools = List.copyOf(Objects.requireNonNullElse(tools, List.of()));
        prompts = List.copyOf(Objects.requireNonNullElse(prompts, List.of()));
        protocolVersions = List.copyOf(Objects.requireNonNullElse(protocolVersions, List.of()));
    }
}
