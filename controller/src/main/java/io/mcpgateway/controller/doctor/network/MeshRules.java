package io.mcpgateway.controller.doctor.network;

import io.fabric8.istio.api.api.security.v1beta1.PeerAuthenticationMutualTLS;
import io.fabric8.istio.api.security.v1.PeerAuthentication;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Istio's mutual TLS: a Pod of the mesh for which the mode is STRICT takes connections from Pods of the mesh only. The
 * policy of a workload comes before that of its namespace, and this before that of the mesh.
 */
record MeshRules(ClusterView cluster) {
    private static final String PROXY = "istio-proxy";
    private static final String ROOT_NAMESPACE = "istio-system";
    private static final String STRICT = "STRICT";
    private static final String UNSET = "UNSET";
    private static final String GATEWAY = "gateway.networking.k8s.io/gateway-name";
    private static final String AMBIENT = "ambient.istio.io/redirection";

    MeshRules {
        Objects.requireNonNull(cluster, "cluster");
    }

    /** The policy that refuses the client, if one does. */
    Optional<PeerAuthentication> denial(Pod client, Pod server, int port) {
        return isInMesh(client) || !isInMesh(server) ? Optional.empty() : strict(server, port);
    }

    /** Gateways are proxies themselves; the others have one beside them, or their node has one for them. */
    static boolean isInMesh(Pod pod) {
        if (Selectors.labels(pod).containsKey(GATEWAY)
                || "enabled".equals(annotations(pod).get(AMBIENT))) {
            return true;
        }
        return pod.getSpec() != null
                && Stream.of(pod.getSpec().getContainers(), pod.getSpec().getInitContainers())
                        .flatMap(containers -> Objects.requireNonNullElse(containers, List.<Container>of()).stream())
                        .anyMatch(container -> PROXY.equals(container.getName()));
    }

    private static Map<String, String> annotations(Pod pod) {
        return Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
    }

    private Optional<PeerAuthentication> strict(Pod server, int port) {
        List<PeerAuthentication> own =
                cluster.in(PeerAuthentication.class, server.getMetadata().getNamespace());
        return Stream.of(
                        own.stream().filter(policy -> selects(policy, server)),
                        own.stream().filter(policy -> !hasSelector(policy)),
                        cluster.in(PeerAuthentication.class, ROOT_NAMESPACE).stream()
                                .filter(policy -> !hasSelector(policy)))
                .flatMap(policies -> policies)
                .filter(policy -> !mode(policy, port).equals(UNSET))
                .findFirst()
                .filter(policy -> mode(policy, port).equals(STRICT));
    }

    private static boolean hasSelector(PeerAuthentication policy) {
        return policy.getSpec() != null
                && policy.getSpec().getSelector() != null
                && !Objects.requireNonNullElse(policy.getSpec().getSelector().getMatchLabels(), Map.of())
                        .isEmpty();
    }

    private static boolean selects(PeerAuthentication policy, Pod pod) {
        return hasSelector(policy)
                && Selectors.labels(pod)
                        .entrySet()
                        .containsAll(
                                policy.getSpec().getSelector().getMatchLabels().entrySet());
    }

    private static String mode(PeerAuthentication policy, int port) {
        if (policy.getSpec() == null) {
            return UNSET;
        }
        Map<String, PeerAuthenticationMutualTLS> ports =
                Objects.requireNonNullElse(policy.getSpec().getPortLevelMtls(), Map.of());
        String own = mode(ports.get(String.valueOf(port)));
        return own.equals(UNSET) ? mode(policy.getSpec().getMtls()) : own;
    }

    private static String mode(@Nullable PeerAuthenticationMutualTLS mtls) {
        return mtls == null || mtls.getMode() == null ? UNSET : mtls.getMode().name();
    }
}
