package io.mcpgateway.controller.translation;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatusBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationStatus;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.api.v1alpha1.pinning.ToolPinningMode;
import io.mcpgateway.api.v1alpha1.pinning.ToolPinningStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Objects without what no plan may depend on: their version, who manages which field, statuses that we or others write
 * all the time. What is not there cannot matter, so a change of it alone makes no plan anew. Specs are shared with the
 * objects given; nobody may change them.
 */
public final class Essentials {
    /** What plans read of what gateways say of a route. Our own mark is not among them. */
    private static final Set<String> ROUTE_CONDITIONS = Set.of("Accepted", "ResolvedRefs");

    private Essentials() {}

    public static MCPGatewayExtension of(MCPGatewayExtension extension) {
        MCPGatewayExtension essential = new MCPGatewayExtension();
        essential.setMetadata(metadata(extension.getMetadata()));
        essential.setSpec(extension.getSpec());
        return essential;
    }

    /** With its labels, by which virtual servers select, and the definitions that it remembers. */
    public static MCPServerRegistration of(MCPServerRegistration registration) {
        MCPServerRegistration essential = new MCPServerRegistration();
        essential.setMetadata(labelled(
                metadata(registration.getMetadata()), registration.getMetadata().getLabels()));
        essential.setSpec(registration.getSpec());
        if (isPinned(registration)) {
            essential.setStatus(remembered(registration.getStatus()));
        }
        return essential;
    }

    private static boolean isPinned(MCPServerRegistration registration) {
        return registration.getSpec() != null && registration.getSpec().toolPinning() != ToolPinningMode.OFF;
    }

    /** Brokers go by them, by nothing else of the status. */
    private static @Nullable MCPServerRegistrationStatus remembered(@Nullable MCPServerRegistrationStatus status) {
        return status == null || status.toolPinning() == null
                ? null
                : MCPServerRegistrationStatus.EMPTY.remembering(
                        new ToolPinningStatus(null, null, status.toolPinning().remembered()));
    }

    public static MCPVirtualServer of(MCPVirtualServer virtualServer) {
        MCPVirtualServer essential = new MCPVirtualServer();
        essential.setMetadata(metadata(virtualServer.getMetadata()));
        essential.setSpec(virtualServer.getSpec());
        return essential;
    }

    /** Without a status: Istio counts the routes of each listener there. */
    public static Gateway of(Gateway gateway) {
        Gateway essential = new Gateway();
        essential.setMetadata(metadata(gateway.getMetadata()));
        essential.setSpec(gateway.getSpec());
        return essential;
    }

    /** With what each parent says of the route, but not when it said it. */
    public static HTTPRoute of(HTTPRoute route) {
        HTTPRoute essential = new HTTPRoute();
        essential.setMetadata(metadata(route.getMetadata()));
        essential.setSpec(route.getSpec());
        if (route.getStatus() != null && route.getStatus().getParents() != null) {
            HTTPRouteStatus status = new HTTPRouteStatus();
            status.setParents(
                    route.getStatus().getParents().stream().map(Essentials::of).toList());
            essential.setStatus(status);
        }
        return essential;
    }

    public static Service of(Service service) {
        Service essential = new Service();
        essential.setMetadata(metadata(service.getMetadata()));
        essential.setSpec(service.getSpec());
        return essential;
    }

    public static ReferenceGrant of(ReferenceGrant grant) {
        ReferenceGrant essential = new ReferenceGrant();
        essential.setMetadata(metadata(grant.getMetadata()));
        essential.setSpec(grant.getSpec());
        return essential;
    }

    /** Its name and labels. */
    public static Namespace of(Namespace namespace) {
        Namespace essential = new Namespace();
        essential.setMetadata(labelled(
                metadata(namespace.getMetadata()), namespace.getMetadata().getLabels()));
        return essential;
    }

    /** Its labels and data. */
    public static Secret of(Secret secret) {
        Secret essential = new Secret();
        essential.setMetadata(
                labelled(metadata(secret.getMetadata()), secret.getMetadata().getLabels()));
        essential.setData(secret.getData());
        return essential;
    }

    private static RouteParentStatus of(RouteParentStatus parent) {
        return new RouteParentStatusBuilder()
                .withParentRef(parent.getParentRef())
                .withConditions(
                        parent.getConditions() == null
                                ? List.of()
                                : parent.getConditions().stream()
                                        .filter(condition -> ROUTE_CONDITIONS.contains(condition.getType()))
                                        .map(Essentials::of)
                                        .toList())
                .build();
    }

    private static Condition of(Condition condition) {
        return new ConditionBuilder()
                .withType(condition.getType())
                .withStatus(condition.getStatus())
                .withReason(condition.getReason())
                .withMessage(condition.getMessage())
                .build();
    }

    private static ObjectMeta metadata(ObjectMeta metadata) {
        ObjectMeta essential = new ObjectMeta();
        essential.setName(metadata.getName());
        essential.setNamespace(metadata.getNamespace());
        essential.setUid(metadata.getUid());
        essential.setCreationTimestamp(metadata.getCreationTimestamp());
        essential.setDeletionTimestamp(metadata.getDeletionTimestamp());
        return essential;
    }

    private static ObjectMeta labelled(ObjectMeta metadata, @Nullable Map<String, String> labels) {
        metadata.setLabels(labels);
        return metadata;
    }
}
