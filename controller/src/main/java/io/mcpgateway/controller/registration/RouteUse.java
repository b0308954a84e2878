package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.conditions.Finding;
import io.mcpgateway.controller.conditions.Reason;
import java.time.Instant;
import java.util.ArrayList;
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
     * The parents that the route's status should have; empty when they are as they should be.
     *
     * @param inUse whether at least one registration that is not being deleted uses the route
     */
    public static Optional<List<RouteParentStatus>> marked(HTTPRoute route, boolean inUse, Instant now) {
        List<RouteParentStatus> parents =
                route.getStatus() == null || route.getStatus().getParents() == null
                        ? List.of()
                        : route.getStatus().getParents();
        List<RouteParentStatus> wanted = new ArrayList<>();
        boolean changed = false;
        for (RouteParentStatus parent : parents) {
            List<Condition> before = parent.getConditions() == null ? List.of() : parent.getConditions();
            List<Condition> after = inUse
                    ? Conditions.merge(
                            before, List.of(IN_USE), route.getMetadata().getGeneration(), now)
                    : withoutMark(before);
            changed |= !after.equals(before);
            wanted.add(
                    after.equals(before)
                            ? parent
                            : parent.toBuilder().withConditions(after).build());
        }
        return changed ? Optional.of(List.copyOf(wanted)) : Optional.empty();
    }

    /** Only our mark goes; another controller may use the same type with a reason of its own. */
    private static List<Condition> withoutMark(List<Condition> conditions) {
        boolean ours = Conditions.find(conditions, ConditionType.PROGRAMMED)
                .filter(condition -> Reason.ROUTE_IN_USE.equals(condition.getReason()))
                .isPresent();
        return ours ? Conditions.without(conditions, ConditionType.PROGRAMMED) : conditions;
    }
}
