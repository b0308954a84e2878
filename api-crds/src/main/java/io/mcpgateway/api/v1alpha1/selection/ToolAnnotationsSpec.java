package io.mcpgateway.api.v1alpha1.selection;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Members of a tool's {@code annotations}, under the names that MCP gives them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ToolAnnotationsSpec(
        @JsonPropertyDescription("Title for people, of the annotations.") @Size(max = 1024) @Nullable
        String title,

        @JsonPropertyDescription("Whether the tool only reads.") @Nullable
        Boolean readOnlyHint,

        @JsonPropertyDescription("Whether the tool may destroy something.") @Nullable
        Boolean destructiveHint,

        @JsonPropertyDescription("Whether calling it twice is like calling it once.") @Nullable
        Boolean idempotentHint,

        @JsonPropertyDescription("Whether the tool deals with an open world.") @Nullable
        Boolean openWorldHint) {}
