package io.mcpgateway.broker.refusal;

import io.mcpgateway.broker.json.RawJson;
import java.util.Objects;

/**
 * The answer to a request that goes no further.
 *
 * @param status HTTP status
 * @param contentType of {@code body}
 */
public record Refusal(int status, String contentType, RawJson body) {
    public Refusal {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(body, "body");
    }
}
