package io.mcpgateway.controller.doctor.network;

import io.fabric8.istio.api.security.v1.PeerAuthentication;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Optional;

/** What keeps Pods from each other that have to talk. */
public final class Reachability {
    private Reachability() {}

    /** The first policy that is in the way; empty if none is, or if the way is known to work. */
    public static Optional<Finding> problem(ClusterView cluster, Leg leg) {
        if (leg.works() == Leg.Works.YES) {
            return Optional.empty();
        }
        for (Pod client : leg.clients()) {
            for (Pod server : leg.servers()) {
                for (int port : leg.ports()) {
                    Optional<Finding> problem = problem(cluster, leg, client, server, port);
                    if (problem.isPresent()) {
                        return problem;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> problem(ClusterView cluster, Leg leg, Pod client, Pod server, int port) {
        NetworkRules rules = new NetworkRules(cluster);
        return rules.denial(client, server, port)
                .map(denial -> blocked(rules, leg, denial, client, server, port))
                .or(() -> new MeshRules(cluster)
                        .denial(client, server, port)
                        .map(policy -> withoutSidecar(leg, policy, client, server, port)));
    }

    private static Finding blocked(
            NetworkRules rules, Leg leg, NetworkRules.Denial denial, Pod client, Pod server, int port) {
        NetworkPolicy first = denial.policies().getFirst();
        boolean in = denial.selected().equals(server);
        ObjectKey key = ObjectKey.of(first);
        Pod other = in ? client : server;
        return finding(
                        leg,
                        "NetworkPolicyBlocks",
                        "NetworkPolicy " + key,
                        "it keeps %s from %s: no rule allows port %d".formatted(leg.from(), leg.to(), port))
                .because("%s is selected by NetworkPolicy %s (%s), so nothing passes that no rule of theirs allows"
                        .formatted(
                                Selectors.named(denial.selected()),
                                NetworkRules.named(denial.policies()),
                                denial.direction()))
                .because("%s of namespace %s, %s"
                        .formatted(
                                in
                                        ? "no rule names " + Selectors.named(other)
                                        : "no rule leads to " + Selectors.named(other),
                                other.getMetadata().getNamespace(),
                                rules.described(other)))
                .fixedBy("kubectl edit networkpolicy %s -n %s   # %s: port %d %s namespace %s"
                        .formatted(
                                key.name(),
                                key.namespace(),
                                in ? "ingress" : "egress",
                                port,
                                in ? "from" : "to",
                                other.getMetadata().getNamespace()));
    }

    private static Finding withoutSidecar(Leg leg, PeerAuthentication policy, Pod client, Pod server, int port) {
        ObjectKey key = ObjectKey.of(policy);
        return finding(
                        leg,
                        "MutualTlsRequired",
                        "PeerAuthentication " + key,
                        "it keeps %s from %s: only Pods of the mesh may connect, and %s has no sidecar"
                                .formatted(leg.from(), leg.to(), leg.from()))
                .because("mode STRICT applies to port %d of %s, which is in the mesh"
                        .formatted(port, Selectors.named(server)))
                .because("%s has no container istio-proxy".formatted(Selectors.named(client)))
                .fixedBy(
                        "kubectl edit peerauthentication %s -n %s   # mode PERMISSIVE, for port %d at least; or give %s a sidecar"
                                .formatted(key.name(), key.namespace(), port, leg.from()));
    }

    /** Only what does not work is broken for sure: not every network obeys policies. */
    private static Finding finding(Leg leg, String reason, String subject, String message) {
        return leg.works() == Leg.Works.NO
                ? Finding.broken(leg.link(), reason, subject, message)
                : Finding.warning(leg.link(), reason, subject, message);
    }
}
