package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrantFrom;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrantTo;
import io.mcpgateway.api.v1alpha1.McpApi;
import io.mcpgateway.api.v1alpha1.reference.KubernetesNames;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a reference into another namespace is granted there, after
 * <a href="https://gateway-api.sigs.k8s.io/api-types/referencegrant/">ReferenceGrant</a>: one grant must list the
 * referrer among its {@code from} entries and the target among its {@code to} entries. A grant that is being deleted
 * grants nothing any more.
 */
public final class ReferenceGrants {
    /**
     * A reference from one object to another.
     *
     * @param group API group of the referring kind
     * @param targetGroup API group of the target; empty text for the core group
     */
    public record Reference(
            String group, String kind, String namespace, String targetGroup, String targetKind, ObjectKey target) {
        public Reference {
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(namespace, "namespace");
            Objects.requireNonNull(targetGroup, "targetGroup");
            Objects.requireNonNull(targetKind, "targetKind");
            Objects.requireNonNull(target, "target");
        }

        public static Reference extensionToGateway(String namespace, ObjectKey gateway) {
            return new Reference(
                    McpApi.GROUP,
                    "MCPGatewayExtension",
                    namespace,
                    KubernetesNames.GATEWAY_API_GROUP,
                    "Gateway",
                    gateway);
        }

        public static Reference registrationToRoute(String namespace, ObjectKey route) {
            return new Reference(
                    McpApi.GROUP,
                    "MCPServerRegistration",
                    namespace,
                    KubernetesNames.GATEWAY_API_GROUP,
                    "HTTPRoute",
                    route);
        }

        public static Reference routeToService(String namespace, ObjectKey service) {
            return new Reference(KubernetesNames.GATEWAY_API_GROUP, "HTTPRoute", namespace, "", "Service", service);
        }
    }

    private ReferenceGrants() {}

    /**
     * True within one namespace, and wherever a grant covers the reference.
     *
     * @param grants of any namespace; those of other namespaces than the target's do not count
     */
    public static boolean permit(Collection<ReferenceGrant> grants, Reference reference) {
        return reference.namespace().equals(reference.target().namespace())
                || grants.stream().anyMatch(grant -> covers(grant, reference));
    }

    private static boolean covers(ReferenceGrant grant, Reference reference) {
        return reference.target().namespace().equals(grant.getMetadata().getNamespace())
                && grant.getMetadata().getDeletionTimestamp() == null
                && grant.getSpec() != null
                && entries(grant.getSpec().getFrom()).stream().anyMatch(from -> names(from, reference))
                && entries(grant.getSpec().getTo()).stream().anyMatch(to -> names(to, reference));
    }

    private static boolean names(ReferenceGrantFrom from, Reference reference) {
        return reference.group().equals(from.getGroup())
                && reference.kind().equals(from.getKind())
                && reference.namespace().equals(from.getNamespace());
    }

    /** As in the Go project, an empty kind is accepted in addition to the exact one; no name means every object. */
    private static boolean names(ReferenceGrantTo to, Reference reference) {
        return reference.targetGroup().equals(text(to.getGroup()))
                && (text(to.getKind()).isEmpty() || reference.targetKind().equals(to.getKind()))
                && (text(to.getName()).isEmpty() || reference.target().name().equals(to.getName()));
    }

    private static <T> List<T> entries(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
