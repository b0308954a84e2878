package io.mcpgateway.controller.desired;

import java.util.Collections;
import java.util.Optional;

/** Brokers as an extension without further settings asks for them. */
public final class Workloads {
    private Workloads() {}

    public static BrokerWorkload plain(
            String image, String publicHost, String privateHost, Optional<String> trustedHeaderSecret) {
        return new BrokerWorkload(
                image,
                "IfNotPresent",
                publicHost,
                privateHost,
                60,
                trustedHeaderSecret,
                Optional.empty(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap());
    }
}
