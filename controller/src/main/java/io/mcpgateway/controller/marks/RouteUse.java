package io.mcpgateway.controller.marks;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.conditions.Finding;
import io.mcpgateway.controller.conditions.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The mark on an HTTPRoute that a registration uses it: condition Programmed=True, reason InUseByMCPServerRegistration,
 * on every parent in the route's status. Parents are never added: they belong to the Gateway's controller.
 */
public final class RouteUse {
    private static final Finding IN_USE = Finding.met(
            ConditionType.PROGRAMMED,
            Reason.ROUTE_IN_USE,
            "HTTPRoute is referenced by at least one MCPServerRegistration");

    private RouteUse() {}

    /**
     * What to change in the route's status; empty when it is as it should be.
     *
     * @param inUse whether at least one registration that is not being deleted uses the route
     */
    public static Optional<ConditionLists> marked(HTTPRoute route, boolean inUse, Instant now) {
        return ConditionLists.differing(
                "parents",
                route.getStatus() == null ? null : route.getStatus().getParents(),
                RouteParentStatus::getConditions,
                (_, before) -> inUse
                        ? Conditions.merge(
                                before, List.of(IN_USE), route.getMetadata().getGeneration(), now)
                        : without(before));
    }

    /** Whether some parent in the status says that a registration uses the route. */
    public static boolean isMarked(HTTPRoute route) {
        return route.getStatus() != null
                && route.getStatus().getParents() != null
                && route.getStatus().getParents().stream()
                        .filter(parent -> parent.getConditions() != null)
                        .flatMap(parent -> parent.getConditions().stream())
                        .anyMatch(RouteUse::isMark);
    }

    /** Whether a condition is our mark; another controller may use the same type with another reason. */
    private static boolean isMark(Condition condition) {
        return ConditionType.PROGRAMMED.equals(condition.getType())
                && Reason.ROUTE_IN_USE.equals(condition.getReason());
    }

    private static List<Condition> without(List<Condition> conditions) {
        return conditions.stream().anyMatch(RouteUse::isMark)
                ? Conditions.without(conditions, ConditionType.PROGRAMMED)
                : conditions;
    }
}
