package io.mcpgateway.controller.doctor.reading;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.istio.api.security.v1.AuthorizationPolicy;
import io.fabric8.istio.api.security.v1.PeerAuthentication;
import io.fabric8.istio.api.security.v1.RequestAuthentication;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.cluster.CrdPresence;
import io.mcpgateway.controller.doctor.access.ApiReader;
import io.mcpgateway.controller.doctor.access.Deadline;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.doctor.facts.ClusterView.Listing;
import io.mcpgateway.controller.doctor.facts.Facts;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteReferences;
import io.mcpgateway.controller.references.References;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a cluster: first our objects and those around them, then what they name, then what runs. */
public final class ClusterReading {
    /** What is left of ten seconds is for starting and telling. */
    private static final Duration LONGEST = Duration.ofSeconds(8);

    /** The Deployments of istiod, controllers and brokers; by these, not by listing all. */
    private static final List<String> DEPLOYMENTS =
            List.of("app=istiod", "app=mcp-controller", "app=mcp-gateway", "app.kubernetes.io/name=mcp-gateway");

    /** Their Pods, and those of Gateways. */
    private static final List<String> PODS =
            List.of("app=istiod", "app=mcp-controller", "app=mcp-gateway", "gateway.networking.k8s.io/gateway-name");

    /** All of each are read. */
    private static final List<Class<? extends HasMetadata>> WHOLE = List.of(
            MCPGatewayExtension.class,
            MCPServerRegistration.class,
            MCPVirtualServer.class,
            Gateway.class,
            GatewayClass.class,
            HTTPRoute.class,
            ReferenceGrant.class,
            Namespace.class,
            Service.class,
            EnvoyFilter.class,
            ServiceEntry.class,
            DestinationRule.class,
            RequestAuthentication.class,
            AuthorizationPolicy.class,
            PeerAuthentication.class,
            NetworkPolicy.class);

    private final KubernetesClient client;
    private final ApiReader reader;
    private final Optional<String> namespace;
    private final Optional<GatewayUrl> gatewayUrl;
    private final Consumer<String> progress;

    /**
     * A reading, not begun.
     *
     * @param namespace to which findings are limited
     * @param gatewayUrl by which the gateway is to be called; without it, its Pod is
     * @param progress gets told what is going on
     */
    public ClusterReading(
            KubernetesClient client,
            Optional<String> namespace,
            Optional<GatewayUrl> gatewayUrl,
            Consumer<String> progress) {
        this.client = client;
        this.reader = new ApiReader(client);
        this.namespace = namespace;
        this.gatewayUrl = gatewayUrl;
        this.progress = progress;
    }

    public Facts read() throws InterruptedException {
        Facts.ApiServer server = new Facts.ApiServer(String.valueOf(client.getMasterUrl()), reader.version());
        Facts facts = new Facts(
                server,
                namespace,
                new ClusterView(Map.of()),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Instant.now());
        if (server.version().found().isEmpty()) {
            return facts;
        }
        try (Deadline deadline = new Deadline(LONGEST)) {
            progress.accept("reading the objects of " + client.getMasterUrl());
            Map<Class<? extends HasMetadata>, Listing> kinds = kinds(deadline);
            Map<ObjectKey, Part<Optional<Secret>>> secrets = secrets(new ClusterView(kinds), deadline);
            facts = with(facts, new ClusterView(kinds), secrets);
            progress.accept("asking brokers and Envoy, calling the gateway");
            return new RunningReading(client, reader, gatewayUrl).read(facts, deadline);
        }
    }

    private static Facts with(Facts facts, ClusterView cluster, Map<ObjectKey, Part<Optional<Secret>>> secrets) {
        return new Facts(
                facts.apiServer(),
                facts.namespace(),
                cluster,
                secrets,
                facts.brokers(),
                facts.envoys(),
                facts.calls(),
                facts.reaches(),
                facts.now());
    }

    private Map<Class<? extends HasMetadata>, Listing> kinds(Deadline deadline) throws InterruptedException {
        Set<Class<? extends HasMetadata>> missing = missingKinds();
        Set<String> namespaces = new HashSet<>();
        namespaces.add(namespace.orElseGet(
                () -> Optional.ofNullable(client.getNamespace()).orElse("default")));
        Map<Class<? extends HasMetadata>, Callable<Listing>> tasks = new HashMap<>();
        WHOLE.stream()
                .filter(kind -> !missing.contains(kind))
                .forEach(kind -> tasks.put(kind, () -> reader.list(kind, "", namespaces)));
        tasks.put(Deployment.class, () -> merged(Deployment.class, DEPLOYMENTS, namespaces));
        tasks.put(Pod.class, () -> merged(Pod.class, PODS, namespaces));
        tasks.put(GenericKubernetesResource.class, () -> new PolicyReading(client).read());
        Map<Class<? extends HasMetadata>, Listing> kinds = new HashMap<>(deadline.all(
                tasks, why -> Listing.partial(List.of(), Set.of(), Gap.failed("objects of the cluster", why))));
        missing.forEach(kind -> kinds.put(kind, Listing.notServed(CrdPresence.installedBy(kind))));
        retried(kinds, deadline);
        new BackendReading(reader).add(kinds, deadline);
        new MeshReading(client).add(kinds, deadline);
        return kinds;
    }

    /** What is forbidden in the whole cluster may be allowed in the namespaces that our objects lead to. */
    private void retried(Map<Class<? extends HasMetadata>, Listing> kinds, Deadline deadline)
            throws InterruptedException {
        ClusterView view = new ClusterView(kinds);
        Set<String> concerned = Stream.of(
                        view.all(MCPGatewayExtension.class).stream()
                                .flatMap(extension -> Stream.concat(
                                        Stream.of(extension.getMetadata().getNamespace()),
                                        References.gateway(extension).map(ObjectKey::namespace).stream())),
                        view.all(MCPServerRegistration.class).stream()
                                .flatMap(registration -> Stream.concat(
                                        Stream.of(registration.getMetadata().getNamespace()),
                                        References.route(registration).map(ObjectKey::namespace).stream())),
                        view.all(HTTPRoute.class).stream()
                                .flatMap(route -> RouteReferences.gateways(route).stream())
                                .map(ObjectKey::namespace))
                .flatMap(names -> names)
                .collect(Collectors.toSet());
        Map<Class<? extends HasMetadata>, Callable<Listing>> tasks = new HashMap<>();
        kinds.forEach((kind, listing) -> {
            if (!listing.everywhere()
                    && listing.gap().flatMap(Gap::right).isPresent()
                    && !listing.namespaces().containsAll(concerned)) {
                tasks.put(kind, () -> again(kind, concerned));
            }
        });
        kinds.putAll(deadline.all(
                tasks, why -> Listing.partial(List.of(), Set.of(), Gap.failed("objects of the cluster", why))));
    }

    private Listing again(Class<? extends HasMetadata> kind, Set<String> namespaces) {
        if (kind.equals(Deployment.class)) {
            return merged(Deployment.class, DEPLOYMENTS, namespaces);
        }
        return kind.equals(Pod.class) ? merged(Pod.class, PODS, namespaces) : reader.list(kind, "", namespaces);
    }

    private Set<Class<? extends HasMetadata>> missingKinds() {
        try {
            return CrdPresence.missing(client);
        } catch (KubernetesClientException unanswered) {
            return Set.of();
        }
    }

    private <T extends HasMetadata> Listing merged(Class<T> kind, List<String> selectors, Set<String> namespaces) {
        List<Listing> listings = selectors.stream()
                .map(selector -> reader.list(kind, selector, namespaces))
                .toList();
        Map<ObjectKey, HasMetadata> objects = new HashMap<>();
        listings.stream()
                .flatMap(listing -> listing.items().stream())
                .forEach(object -> objects.put(ObjectKey.of(object), object));
        return new Listing(
                List.copyOf(objects.values()),
                listings.stream().allMatch(Listing::everywhere),
                listings.getFirst().namespaces(),
                listings.stream().flatMap(listing -> listing.gap().stream()).findFirst(),
                Optional.empty());
    }

    private Map<ObjectKey, Part<Optional<Secret>>> secrets(ClusterView view, Deadline deadline)
            throws InterruptedException {
        Map<ObjectKey, Callable<Part<Optional<Secret>>>> tasks = Stream.of(
                        view.all(MCPGatewayExtension.class).stream().flatMap(References::secrets),
                        view.all(MCPServerRegistration.class).stream().flatMap(References::secrets),
                        view.all(MCPGatewayExtension.class).stream()
                                .map(extension -> new ObjectKey(
                                        extension.getMetadata().getNamespace(), ObjectNames.CONFIG_SECRET)))
                .flatMap(keys -> keys)
                .distinct()
                .collect(Collectors.toMap(key -> key, key -> () -> reader.secret(key)));
        return deadline.all(tasks, why -> new Part.Unreadable<>(Gap.failed("Secrets", why)));
    }
}
