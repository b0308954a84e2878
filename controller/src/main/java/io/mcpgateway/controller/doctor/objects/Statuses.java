package io.mcpgateway.controller.doctor.objects;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conditions that others have written. */
public final class Statuses {
    private Statuses() {}

    public static List<Condition> of(Gateway gateway) {
        return gateway.getStatus() == null
                ? List.of()
                : orNone(gateway.getStatus().getConditions());
    }

    public static List<Condition> ofListener(Gateway gateway, String listener) {
        if (gateway.getStatus() == null || gateway.getStatus().getListeners() == null) {
            return List.of();
        }
        return gateway.getStatus().getListeners().stream()
                .filter(status -> listener.equals(status.getName()))
                .flatMap(status -> orNone(status.getConditions()).stream())
                .toList();
    }

    /** What the controller of a Gateway says of a route. */
    public static List<Condition> ofParent(HTTPRoute route, ObjectKey gateway) {
        if (route.getStatus() == null || route.getStatus().getParents() == null) {
            return List.of();
        }
        String namespace = route.getMetadata().getNamespace();
        return route.getStatus().getParents().stream()
                .filter(parent -> parent.getParentRef() != null
                        && gateway.name().equals(parent.getParentRef().getName())
                        && gateway.namespace()
                                .equals(Objects.requireNonNullElse(
                                        parent.getParentRef().getNamespace(), namespace)))
                .flatMap(parent -> orNone(parent.getConditions()).stream())
                .toList();
    }

    public static boolean isTrue(List<Condition> conditions, String type) {
        return Conditions.isTrue(conditions, type);
    }

    /** The condition if it says no. */
    public static Optional<Condition> refused(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> type.equals(condition.getType()) && "False".equals(condition.getStatus()))
                .findFirst();
    }

    public static String told(Condition condition) {
        return "%s=%s, %s: %s"
                .formatted(
                        condition.getType(),
                        condition.getStatus(),
                        Objects.requireNonNullElse(condition.getReason(), ""),
                        Objects.requireNonNullElse(condition.getMessage(), ""));
    }

    private static List<Condition> orNone(@Nullable List<Condition> conditions) {
        return conditions == null ? List.of() : conditions;
    }
}
