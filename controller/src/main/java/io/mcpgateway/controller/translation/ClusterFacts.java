package io.mcpgateway.controller.translation;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Everything in the cluster that plans depend on: all objects of a kind, those being deleted included, each reduced to
 * its {@link Essentials}. What is not in the lists does not exist, so an observer must not fill them from caches that
 * are still loading. Equal facts have equal translations.
 *
 * @param secrets at least those that extensions and registrations name, if they exist
 */
public record ClusterFacts(
        List<MCPGatewayExtension> extensions,
        List<MCPServerRegistration> registrations,
        List<MCPVirtualServer> virtualServers,
        List<Gateway> gateways,
        List<HTTPRoute> routes,
        List<Service> services,
        List<ReferenceGrant> grants,
        List<Namespace> namespaces,
        List<Secret> secrets) {
    public static final ClusterFacts NONE = new ClusterFacts(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public ClusterFacts {
        extensions = List.copyOf(extensions);
        registrations = List.copyOf(registrations);
        virtualServers = List.copyOf(virtualServers);
        gateways = List.copyOf(gateways);
        routes = List.copyOf(routes);
        services = List.copyOf(services);
        grants = List.copyOf(grants);
        namespaces = List.copyOf(namespaces);
        secrets = List.copyOf(secrets);
    }

    /** Somewhere that has all objects of a kind. */
    @FunctionalInterface
    public interface Source {
        <T extends HasMetadata> List<T> all(Class<T> kind);
    }

    /** Everything that plans may read there. */
    public static ClusterFacts of(Source source, List<Secret> secrets) {
        return new ClusterFacts(
                essentials(source.all(MCPGatewayExtension.class), Essentials::of),
                essentials(source.all(MCPServerRegistration.class), Essentials::of),
                essentials(source.all(MCPVirtualServer.class), Essentials::of),
                essentials(source.all(Gateway.class), Essentials::of),
                essentials(source.all(HTTPRoute.class), Essentials::of),
                essentials(source.all(Service.class), Essentials::of),
                essentials(source.all(ReferenceGrant.class), Essentials::of),
                essentials(source.all(Namespace.class), Essentials::of),
                essentials(secrets, Essentials::of));
    }

    private static <T> List<T> essentials(List<T> objects, UnaryOperator<T> essentials) {
        return objects.stream().map(essentials).toList();
    }

    /** The same objects with these Secrets. */
    public ClusterFacts withSecrets(List<Secret> named) {
        return new ClusterFacts(
                extensions, registrations, virtualServers, gateways, routes, services, grants, namespaces, named);
    }
}
