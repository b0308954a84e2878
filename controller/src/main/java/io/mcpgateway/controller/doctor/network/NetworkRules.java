package io.mcpgateway.controller.doctor.network;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * NetworkPolicies (networking.k8s.io/v1): a Pod that some policy selects gets, or sends, only what some rule of these
 * policies allows. What cannot be known, such as the address of a Pod, counts as allowed.
 */
record NetworkRules(ClusterView cluster) {
    private static final String INGRESS = "Ingress";
    private static final String EGRESS = "Egress";
    private static final String TCP = "TCP";

    /**
     * Why a connection is refused.
     *
     * @param policies that select the Pod, and none of which allows it
     * @param direction {@code Ingress} or {@code Egress}
     * @param selected the Pod that they select
     */
    record Denial(List<NetworkPolicy> policies, String direction, Pod selected) {
        Denial {
            policies = List.copyOf(policies);
        }
    }

    NetworkRules {
        Objects.requireNonNull(cluster, "cluster");
    }

    /** Why the client may not connect to the server's port; empty if it may. */
    Optional<Denial> denial(Pod client, Pod server, int port) {
        List<NetworkPolicy> out = selecting(client, EGRESS);
        if (!out.isEmpty() && out.stream().noneMatch(policy -> sends(policy, server, port))) {
            return Optional.of(new Denial(out, EGRESS, client));
        }
        List<NetworkPolicy> in = selecting(server, INGRESS);
        return in.isEmpty() || in.stream().anyMatch(policy -> takes(policy, client, server, port))
                ? Optional.empty()
                : Optional.of(new Denial(in, INGRESS, server));
    }

    private List<NetworkPolicy> selecting(Pod pod, String direction) {
        return cluster.in(NetworkPolicy.class, pod.getMetadata().getNamespace()).stream()
                .filter(policy -> policy.getSpec() != null
                        && isAbout(policy, direction)
                        && Selectors.fits(policy.getSpec().getPodSelector(), Selectors.labels(pod)))
                .toList();
    }

    /** Without types, it is about what comes in, and about what goes out if it has rules for that. */
    private static boolean isAbout(NetworkPolicy policy, String direction) {
        List<String> types = list(policy.getSpec().getPolicyTypes());
        return types.isEmpty()
                ? direction.equals(INGRESS)
                        || !list(policy.getSpec().getEgress()).isEmpty()
                : types.contains(direction);
    }

    private boolean takes(NetworkPolicy policy, Pod client, Pod server, int port) {
        return list(policy.getSpec().getIngress()).stream()
                .anyMatch(rule -> allows(rule.getPorts(), server, port) && fits(rule.getFrom(), policy, client));
    }

    private boolean sends(NetworkPolicy policy, Pod server, int port) {
        return list(policy.getSpec().getEgress()).stream()
                .anyMatch(rule -> allows(rule.getPorts(), server, port) && fits(rule.getTo(), policy, server));
    }

    private static boolean allows(@Nullable List<NetworkPolicyPort> ports, Pod server, int port) {
        return list(ports).isEmpty()
                || list(ports).stream()
                        .filter(allowed -> TCP.equals(Objects.requireNonNullElse(allowed.getProtocol(), TCP)))
                        .anyMatch(allowed -> allows(allowed, server, port));
    }

    private static boolean allows(NetworkPolicyPort allowed, Pod server, int port) {
        if (allowed.getPort() == null) {
            return true;
        }
        String name = allowed.getPort().getStrVal();
        if (name != null) {
            List<ContainerPort> ports = ports(server);
            return ports.isEmpty()
                    || ports.stream()
                            .anyMatch(declared -> name.equals(declared.getName())
                                    && Integer.valueOf(port).equals(declared.getContainerPort()));
        }
        int first = allowed.getPort().getIntVal();
        return first <= port && port <= Objects.requireNonNullElse(allowed.getEndPort(), first);
    }

    private static List<ContainerPort> ports(Pod pod) {
        return pod.getSpec() == null
                ? List.of()
                : list(pod.getSpec().getContainers()).stream()
                        .map(Container::getPorts)
                        .flatMap(ports -> list(ports).stream())
                        .toList();
    }

    /** Without peers, everybody fits. */
    private boolean fits(@Nullable List<NetworkPolicyPeer> peers, NetworkPolicy policy, Pod pod) {
        return list(peers).isEmpty() || list(peers).stream().anyMatch(peer -> fits(peer, policy, pod));
    }

    private boolean fits(NetworkPolicyPeer peer, NetworkPolicy policy, Pod pod) {
        if (peer.getIpBlock() != null) {
            return pod.getStatus() == null
                    || pod.getStatus().getPodIP() == null
                    || (AddressBlock.has(
                                    peer.getIpBlock().getCidr(), pod.getStatus().getPodIP())
                            && list(peer.getIpBlock().getExcept()).stream()
                                    .noneMatch(block -> AddressBlock.hasSurely(
                                            block, pod.getStatus().getPodIP())));
        }
        boolean namespace = peer.getNamespaceSelector() == null
                ? policy.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace())
                : Selectors.namespaceLabels(cluster, pod.getMetadata().getNamespace())
                        .map(labels -> Selectors.fits(peer.getNamespaceSelector(), labels))
                        .orElse(true);
        return namespace && Selectors.fits(peer.getPodSelector(), Selectors.labels(pod));
    }

    private static <T> List<T> list(@Nullable List<T> some) {
        return Objects.requireNonNullElse(some, List.of());
    }

    /** Policies by name, for a message. */
    static String named(List<NetworkPolicy> policies) {
        return String.join(
                ", ",
                policies.stream()
                        .map(policy -> ObjectKey.of(policy).toString())
                        .sorted()
                        .toList());
    }

    /** Labels that a rule can name, for a message. */
    String described(Pod pod) {
        Map<String, String> labels = Selectors.labels(pod);
        return labels.isEmpty()
                ? "without labels"
                : "with the labels "
                        + String.join(
                                ", ",
                                labels.entrySet().stream()
                                        .map(label -> label.getKey() + "=" + label.getValue())
                                        .sorted()
                                        .toList());
    }
}
