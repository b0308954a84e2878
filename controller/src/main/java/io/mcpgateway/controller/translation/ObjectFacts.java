package io.mcpgateway.controller.translation;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.extension.ExtensionFacts;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.registration.RegistrationFacts;
import io.mcpgateway.controller.registration.TargetExtension;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds in a cluster what the plan of one object depends on. */
record ObjectFacts(ClusterFacts cluster, ClusterIndex index) {
    static ObjectFacts in(ClusterFacts cluster) {
        return new ObjectFacts(cluster, ClusterIndex.of(cluster));
    }

    ExtensionFacts of(MCPGatewayExtension extension) {
        return new ExtensionFacts(
                extension,
                cluster.extensions(),
                References.gateway(extension).flatMap(index::gateway),
                index.namespaceLabels(),
                cluster.grants(),
                References.trustedHeadersKey(extension).flatMap(index::secret),
                References.sessionStore(extension).flatMap(index::secret),
                References.caCertificates(extension).flatMap(index::secret));
    }

    /** @param extensions all of the cluster */
    RegistrationFacts of(MCPServerRegistration registration, List<TargetExtension> extensions) {
        Optional<HTTPRoute> route = References.route(registration).flatMap(index::route);
        return new RegistrationFacts(
                registration,
                route,
                route.map(index::gatewaysOf).orElse(List.of()),
                extensions,
                route.map(index::servicesOf).orElse(List.of()),
                References.credential(registration).flatMap(index::secret),
                References.caCertificates(registration).flatMap(index::secret),
                cluster.grants(),
                route.map(found -> index.namespaceLabels(found.getMetadata().getNamespace()))
                        .orElse(Map.of()),
                route.map(index::rivalsOf).orElse(List.of()));
    }
}
