package io.mcpgateway.api.v1alpha1.reason;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Objects;

/**
 * Why a server, or something that it lists, is not served.
 *
 * @param code a word of {@link io.mcpgateway.api.contract.reason.ReasonCode}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReasonStatus(
        @JsonPropertyDescription("What is wrong, such as NameConflict, InvalidDefinition, Quarantined or Unreachable.")
        String code,

        @JsonPropertyDescription("How many tools, prompts and resources it concerns; 1 if it is the server itself.")
        Integer count,

        @JsonPropertyDescription("What causes it, such as: server team-a/weather.")
        String object,

        @JsonPropertyDescription("The first of what it concerns, with details. The broker's /status has more.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> items) {
    public ReasonStatus {
        code = Objects.requireNonNullElse(code, "");
        count = Objects.requireNonNullElse(count, 0);
        object = Objects.requireNonNullElse(object, "");
        items = List.copyOf(Objects.requireNonNullElse(items, List.of()));
    }

    /** A reason that concerns nothing by name. */
    public ReasonStatus(String code, int count, String object) {
        this(code, count, object, List.of());
    }
}
