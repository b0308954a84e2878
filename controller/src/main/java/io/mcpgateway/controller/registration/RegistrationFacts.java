package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.gatewayapi.HostRival;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that the plan of one registration depends on. Lists may hold more than is needed; what is not in them
 * does not exist, so an observer must not fill them from caches that are still loading.
 *
 * @param route the one that spec.targetRef names
 * @param gateways at least those that the route's parentRefs name
 * @param extensions at least those that target one of the gateways
 * @param services at least the one that the route's backend names
 * @param credential the Secret that spec.credentialRef names, of the registration's namespace
 * @param caSecret the Secret that spec.caCertSecretRef names, of the registration's namespace
 * @param grants at least those of the route's and the service's namespace
 * @param namespaceLabels labels of the route's namespace
 * @param rivals all other routes that may share a host with the route
 */
public record RegistrationFacts(
        MCPServerRegistration registration,
        Optional<HTTPRoute> route,
        List<Gateway> gateways,
        List<TargetExtension> extensions,
        List<Service> services,
        Optional<Secret> credential,
        Optional<Secret> caSecret,
        List<ReferenceGrant> grants,
        Map<String, String> namespaceLabels,
        List<HostRival> rivals) {
    public RegistrationFacts {
        Objects.requireNonNull(registration, "registration");
        Objects.requireNonNull(route, "route");
        gateways = List.copyOf(gateways);
        extensions = List.copyOf(extensions);
        services = List.copyOf(services);
        Objects.requireNonNull(credential, "credential");
        Objects.requireNonNull(caSecret, "caSecret");
        grants = List.copyOf(grants);
        namespaceLabels = Map.copyOf(namespaceLabels);
        rivals = List.copyOf(rivals);
    }

    Optional<Gateway> gateway(ObjectKey key) {
        return gateways.stream()
                .filter(gateway -> ObjectKey.of(gateway).equals(key))
                .findFirst();
    }

    Optional<Service> service(ObjectKey key) {
        return services.stream()
                .filter(service -> ObjectKey.of(service).equals(key))
                .findFirst();
    }
}
