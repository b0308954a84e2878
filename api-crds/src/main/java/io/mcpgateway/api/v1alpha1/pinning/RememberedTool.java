package io.mcpgateway.api.v1alpha1.pinning;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Objects;

/** One approved definition. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RememberedTool(
        @JsonPropertyDescription("The server's own name of the tool.")
        String name,

        @JsonPropertyDescription("Digest of its definition.")
        String digest,

        @JsonPropertyDescription("Digests of the parts of the definition, by which a difference is explained.")
        String members,

        @JsonPropertyDescription("Whether it was approved although it has text that seems to instruct the model.")
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        boolean flagged) {
    public RememberedTool {
        name = Objects.requireNonNullElse(name, "");
        digest = Objects.requireNonNullElse(digest, "");
        members = Objects.requireNonNullElse(members, "");
    }
}
