package io.mcpgateway.api.v1alpha1.selection;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.mcpgateway.api.contract.selection.ToolSearch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What clients of a virtual server are told of a tool instead of what its server says. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ToolOverrideSpec(
        @Required
        @JsonPropertyDescription("Name of the tool as the gateway serves it, including the prefix.")
        @Size(min = 1, max = 256)
        String tool,

        @JsonPropertyDescription(
                "The name that clients see and call: letters, digits, _ and -, which every model API" + " accepts.")
        @Size(max = 64)
        @Pattern("^[A-Za-z0-9_-]+$")
        @ValidationRule(
                value = "self != '" + ToolSearch.FIND_TOOLS + "'",
                message = "name must not be " + ToolSearch.FIND_TOOLS + ", which is the gateway's own tool")
        @Nullable
        String name,

        @JsonPropertyDescription("Title for people.") @Size(max = 1024) @Nullable
        String title,

        @JsonPropertyDescription("Description, which models read.") @Size(max = 16384) @Nullable
        String description,

        @JsonPropertyDescription(
                "Hints about what the tool does; those that are missing stay as the server gives them.")
        @Nullable
        ToolAnnotationsSpec annotations) {
    public ToolOverrideSpec {
        tool = Objects.requireNonNullElse(tool, "");
    }
}
