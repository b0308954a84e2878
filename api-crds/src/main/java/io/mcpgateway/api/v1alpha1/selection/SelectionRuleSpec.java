package io.mcpgateway.api.v1alpha1.selection;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A rule that matches items for which everything holds that it says; of a list, one entry has to fit. */
@ValidationRule(
        value = "has(self.registrations) || has(self.namespaces) || has(self.registrationSelector) || has(self.tools)"
                + " || has(self.prompts) || has(self.resources) || has(self.readOnly) || has(self.destructive)"
                + " || has(self.openWorld)",
        message = "the rule says nothing; to match every tool, write tools: [\"*\"]")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SelectionRuleSpec(
        @JsonPropertyDescription("MCPServerRegistrations by name, or by namespace/name if they are in another namespace"
                + " than this object.")
        @Size(min = 1, max = 256)
        List<@Size(max = 317) @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(/[a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$") String>
                registrations,

        @JsonPropertyDescription("Namespaces of MCPServerRegistrations.") @Size(min = 1, max = 256)
        List<@Size(max = 63) @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$") String> namespaces,

        @JsonPropertyDescription("Labels of MCPServerRegistrations, of any namespace.") @Nullable
        LabelSelector registrationSelector,

        @JsonPropertyDescription("Patterns for the names of tools as the gateway serves them, including the prefix: *"
                + " stands for any text, ? for one character. A rule with patterns only matches the kinds that it has"
                + " patterns for.")
        @Size(min = 1, max = 256)
        List<@Size(min = 1, max = 256) String> tools,

        @JsonPropertyDescription("Patterns for the names of prompts, in the same form.") @Size(min = 1, max = 256)
        List<@Size(min = 1, max = 256) String> prompts,

        @JsonPropertyDescription("Patterns for the URIs of resources and for URI templates, in the same form.")
        @Size(min = 1, max = 256)
        List<@Size(min = 1, max = 2048) String> resources,

        @JsonPropertyDescription("Whether a tool's annotations say that it only reads; one without the hint does not."
                + " A rule with a hint and without patterns only matches tools.")
        @Nullable
        Boolean readOnly,

        @JsonPropertyDescription(
                "Whether a tool may destroy something; one that is not read-only and says nothing may.")
        @Nullable
        Boolean destructive,

        @JsonPropertyDescription("Whether a tool deals with an open world; one that says nothing does.") @Nullable
        Boolean openWorld) {
    public SelectionRuleSpec {
        registrations = copy(registrations);
        namespaces = copy(namespaces);
        tools = copy(tools);
        prompts = copy(prompts);
        resources = copy(resources);
    }

    private static List<String> copy(@Nullable List<String> texts) {
        return List.copyOf(Objects.requireNonNullElse(texts, List.of()));
    }
}
