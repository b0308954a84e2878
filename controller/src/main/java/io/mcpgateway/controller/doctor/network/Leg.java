package io.mcpgateway.controller.doctor.network;

import io.fabric8.kubernetes.api.model.Pod;
import io.mcpgateway.controller.doctor.findings.Link;
import java.util.List;
import java.util.Objects;

/**
 * A way between Pods that the gateway needs.
 *
 * @param link of the chain that fails without it
 * @param from who connects, for a message, such as {@code the broker}
 * @param clients its Pods
 * @param to who is connected to
 * @param servers its Pods
 * @param ports of these Pods, all of which are needed
 * @param works whether it is known to work, whatever the objects say: not every network obeys policies
 */
public record Leg(
        Link link, String from, List<Pod> clients, String to, List<Pod> servers, List<Integer> ports, Works works) {
    /** What is known of a way. */
    public enum Works {
        YES,
        NO,
        UNKNOWN
    }

    public Leg {
        Objects.requireNonNull(link, "link");
        Objects.requireNonNull(from, "from");
        clients = List.copyOf(clients);
        Objects.requireNonNull(to, "to");
        servers = List.copyOf(servers);
        ports = List.copyOf(ports);
        Objects.requireNonNull(works, "works");
    }
}
