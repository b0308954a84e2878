package io.mcpgateway.controller.doctor.facts;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What Envoy itself runs on the port of a listener.
 *
 * @param present whether it has a listener on the port
 * @param filters names of its HTTP filters there, in any order
 * @param refusal why it refused the newest version of the listener, if it did
 */
public record EnvoyReport(boolean present, List<String> filters, Optional<String> refusal) {
    public EnvoyReport {
        filters = List.copyOf(filters);
        Objects.requireNonNull(refusal, "refusal");
    }
}
