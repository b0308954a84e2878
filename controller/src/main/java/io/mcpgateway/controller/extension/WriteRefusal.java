package io.mcpgateway.controller.extension;

import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.controller.conditions.Finding;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Objects;

/**
 * The API server refuses an object that an extension needs.
 *
 * @param kind of the object
 * @param reason in the API server's words, which may be those of an admission policy
 */
public record WriteRefusal(String kind, ObjectKey object, String reason) {
    private static final int LONGEST_REASON = 500;
    private static final String ENVOY_FILTER = "EnvoyFilter";
    private static final String SECRET = "Secret";

    public WriteRefusal {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(object, "object");
        String line = reason.strip().replaceAll("\\s+", " ");
        reason = line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "..." : line;
    }

    /** Whether brokers cannot be told what to serve. */
    boolean concernsConfiguration() {
        return kind.equals(SECRET) && object.name().equals(ObjectNames.CONFIG_SECRET);
    }

    Finding finding(String condition) {
        return Finding.unmet(
                condition,
                kind.equals(ENVOY_FILTER) ? Reason.ENVOY_FILTER_NOT_APPLIED : Reason.WRITE_REFUSED,
                "the API server refuses to write %s %s: %s".formatted(kind, object, reason));
    }
}
