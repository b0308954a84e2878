package io.mcpgateway.controller.doctor.reading;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.doctor.access.ApiReader;
import io.mcpgateway.controller.doctor.access.Deadline;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.doctor.facts.ClusterView.Listing;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteReferences;
import io.mcpgateway.controller.references.References;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Reads the endpoints and Pods behind the Services of registered servers, only those. */
final class BackendReading {
    private final ApiReader reader;

    BackendReading(ApiReader reader) {
        this.reader = reader;
    }

    void add(Map<Class<? extends HasMetadata>, Listing> kinds, Deadline deadline) throws InterruptedException {
        ClusterView view = new ClusterView(kinds);
        List<Service> services = services(view);
        Set<String> namespaces = services.stream()
                .map(service -> service.getMetadata().getNamespace())
                .collect(Collectors.toSet());
        kinds.put(EndpointSlice.class, reader.listIn(EndpointSlice.class, "", namespaces));
        Map<ObjectKey, Callable<Listing>> tasks = new HashMap<>();
        for (Service service : services) {
            Map<String, String> selector =
                    Objects.requireNonNullElse(service.getSpec().getSelector(), Map.of());
            if (!selector.isEmpty()) {
                String text = selector.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(","));
                tasks.put(
                        ObjectKey.of(service),
                        () -> reader.listIn(
                                Pod.class, text, Set.of(service.getMetadata().getNamespace())));
            }
        }
        Map<ObjectKey, Listing> pods = deadline.all(
                tasks, why -> Listing.partial(List.of(), Set.of(), Gap.failed("Pods of MCP servers", why)));
        Listing known = Objects.requireNonNull(kinds.get(Pod.class));
        Map<ObjectKey, HasMetadata> merged = new HashMap<>();
        new ArrayList<HasMetadata>(known.items()).forEach(pod -> merged.put(ObjectKey.of(pod), pod));
        pods.values().stream()
                .flatMap(listing -> listing.items().stream())
                .forEach(pod -> merged.put(ObjectKey.of(pod), pod));
        kinds.put(
                Pod.class,
                new Listing(
                        List.copyOf(merged.values()),
                        known.everywhere(),
                        known.namespaces(),
                        known.gap(),
                        known.installedBy()));
    }

    private static List<Service> services(ClusterView view) {
        return view.all(MCPServerRegistration.class).stream()
                .flatMap(registration -> References.route(registration).stream())
                .distinct()
                .flatMap(key -> view.find(HTTPRoute.class, key).stream())
                .flatMap(route -> RouteReferences.services(route).stream())
                .distinct()
                .flatMap(key -> view.find(Service.class, key).stream())
                .filter(service -> service.getSpec() != null)
                .toList();
    }
}
