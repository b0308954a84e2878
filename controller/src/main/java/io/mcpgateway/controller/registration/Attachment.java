package io.mcpgateway.controller.registration;

import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Objects;

/**
 * A registration's route reaches the port of an extension.
 *
 * @param publicHost of the extension
 * @param hosts under which its server may be reached there, wildcards included: the hostnames of the listeners that the
 *     route is attached to, which stay the same however many registrations come; the route's own for a listener without
 */
public record Attachment(ObjectKey extension, String publicHost, List<String> hosts) {
    public Attachment {
        Objects.requireNonNull(extension, "extension");
        Objects.requireNonNull(publicHost, "publicHost");
        hosts = List.copyOf(hosts);
    }
}
