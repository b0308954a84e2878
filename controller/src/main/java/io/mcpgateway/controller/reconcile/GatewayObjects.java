package io.mcpgateway.controller.reconcile;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.envoy.Scope;
import io.mcpgateway.api.v1alpha1.EnabledState;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.cluster.ApiRequests;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.ObjectWriter;
import io.mcpgateway.controller.desired.ExtProcEnvoyFilter;
import io.mcpgateway.controller.desired.ExtensionOwner;
import io.mcpgateway.controller.desired.GatewayListener;
import io.mcpgateway.controller.desired.McpHttpRoute;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.extension.PublicPaths;
import io.mcpgateway.controller.extension.Withdrawal;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.marks.ListenerUse;
import io.mcpgateway.controller.references.References;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps what an extension has at its Gateway: the HTTPRoute, the EnvoyFilter and the mark on the listener. */
public final class GatewayObjects {
    private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

    private final ClusterReader cluster;
    private final ApiRequests requests;
    private final ObjectWriter writer;
    private final Clock clock;

    public GatewayObjects(ClusterReader cluster, ApiRequests requests, ObjectWriter writer, Clock clock) {
        this.cluster = cluster;
        this.requests = requests;
        this.writer = writer;
        this.clock = clock;
    }

    void route(MCPGatewayExtension extension, ExtensionPlan.Proceed plan) {
        ExtensionOwner owner = ExtensionOwner.of(extension);
        if (extension.getSpec().httpRouteManagement() == EnabledState.DISABLED) {
            removeRoute(owner);
            return;
        }
        HTTPRoute desired =
                McpHttpRoute.desired(owner, listener(plan), plan.publicHost(), PublicPaths.of(extension.getSpec()));
        writer.apply(cluster.route(routeKey(owner)).orElse(null), desired);
    }

    /** Also takes away the filter of a Gateway that the extension targeted before. */
    EnvoyFilter filter(MCPGatewayExtension extension, ExtensionPlan.Proceed plan, Scope scope) {
        ExtensionOwner owner = ExtensionOwner.of(extension);
        ObjectKey key = filterKey(owner, plan.gateway());
        EnvoyFilter filter = writer.apply(
                cluster.envoyFilter(key).orElse(null), ExtProcEnvoyFilter.desired(owner, listener(plan), scope));
        filters(owner).filter(other -> !ObjectKey.of(other).equals(key)).forEach(writer::delete);
        return filter;
    }

    /** Marks the plan's listener and no other one. */
    void mark(MCPGatewayExtension extension, ExtensionPlan.Proceed plan) {
        ExtensionOwner owner = ExtensionOwner.of(extension);
        ObjectKey key = ObjectKey.of(extension);
        for (Gateway gateway : cluster.gateways()) {
            boolean target = ObjectKey.of(gateway).equals(plan.gateway());
            writer.mark(
                    gateway,
                    live -> target
                            ? ListenerUse.marked(
                                    live,
                                    plan.listener().getName(),
                                    key,
                                    filterKey(owner, plan.gateway()),
                                    clock.instant())
                            : ListenerUse.unmarked(live, key));
        }
    }

    /** Takes back what a rejected extension must not have. */
    void withdraw(MCPGatewayExtension extension, Withdrawal withdrawal) {
        ExtensionOwner owner = ExtensionOwner.of(extension);
        switch (withdrawal) {
            case NOTHING -> {}
            case ENDPOINT -> {
                removeRoute(owner);
                filters(owner).filter(filter -> !isAt(filter, extension)).forEach(writer::delete);
                unmark(extension);
            }
            case ENDPOINT_AND_FILTER -> {
                removeRoute(owner);
                removeFiltersAndMarks(extension);
            }
        }
    }

    /**
     * For a deleted extension. Owner references delete the objects in its namespace. It is not reconciled
     * afterwards, so objects that it created a moment ago, which the watched copies may not have yet, are requested.
     */
    void remove(MCPGatewayExtension extension) {
        removeFiltersAndMarks(extension);
        References.gateway(extension).ifPresent(target -> removeAt(target, extension));
    }

    private void removeAt(ObjectKey target, MCPGatewayExtension extension) {
        ExtensionOwner owner = ExtensionOwner.of(extension);
        requests.read(Gateway.class, target).ifPresent(gateway -> unmark(gateway, extension));
        requests.read(EnvoyFilter.class, filterKey(owner, target))
                .filter(filter -> ExtProcEnvoyFilter.isOf(filter, owner))
                .ifPresent(writer::delete);
    }

    private void removeFiltersAndMarks(MCPGatewayExtension extension) {
        unmark(extension);
        filters(ExtensionOwner.of(extension)).forEach(writer::delete);
    }

    private void unmark(MCPGatewayExtension extension) {
        cluster.gateways().forEach(gateway -> unmark(gateway, extension));
    }

    private void unmark(Gateway gateway, MCPGatewayExtension extension) {
        writer.mark(gateway, live -> ListenerUse.unmarked(live, ObjectKey.of(extension)));
    }

    private void removeRoute(ExtensionOwner owner) {
        cluster.route(routeKey(owner)).filter(owner::owns).ifPresent(writer::delete);
    }

    private Stream<EnvoyFilter> filters(ExtensionOwner owner) {
        return cluster.envoyFilters().stream().filter(filter -> ExtProcEnvoyFilter.isOf(filter, owner));
    }

    /** Whether the filter works at the Gateway that the extension targets now. */
    private static boolean isAt(EnvoyFilter filter, MCPGatewayExtension extension) {
        if (filter.getSpec() == null || filter.getSpec().getWorkloadSelector() == null) {
            return false;
        }
        Map<String, String> selected = Objects.requireNonNullElse(
                filter.getSpec().getWorkloadSelector().getLabels(), Map.of());
        ObjectKey gateway = new ObjectKey(filter.getMetadata().getNamespace(), selected.getOrDefault(GATEWAY_NAME, ""));
        return References.gateway(extension).filter(gateway::equals).isPresent();
    }

    private GatewayListener listener(ExtensionPlan.Proceed plan) {
        Optional<String> revision = cluster.gateway(plan.gateway())
                .map(gateway -> gateway.getMetadata().getLabels())
                .map(labels -> labels.get("istio.io/rev"));
        return new GatewayListener(
                plan.gateway().namespace(),
                plan.gateway().name(),
                plan.listener().getName(),
                plan.port(),
                revision);
    }

    private static ObjectKey routeKey(ExtensionOwner owner) {
        return new ObjectKey(owner.namespace(), ObjectNames.ROUTE);
    }

    private static ObjectKey filterKey(ExtensionOwner owner, ObjectKey gateway) {
        return new ObjectKey(gateway.namespace(), ObjectNames.envoyFilter(owner.namespace()));
    }
}
