package io.mcpgateway.controller.registration;

import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Objects;

/**
 * A registration's route is attached to the port of an extension.
 *
 * @param publicHost of the extension
 * @param reached whether requests through the extension's listener find the route
 * @param hosts with which they find it, perhaps with wildcards
 * @param guarded by which nobody may get at the server directly: the hostnames of all listeners of that port that the route
 *     is attached to, which stay the same however many registrations come; the route's own for a listener without
 */
public record Attachment(
        ObjectKey extension, String publicHost, boolean reached, List<String> hosts, List<String> guarded) {
    public Attachment {
        Objects.requireNonNull(extension, "extension");
        Objects.requireNonNull(publicHost, "publicHost");
        hosts = List.copyOf(hosts);
        guarded = List.copyOf(guarded);
    }
}
