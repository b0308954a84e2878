package io.mcpgateway.controller.virtualserver;

import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.api.v1alpha1.MCPVirtualServerStatus;
import io.mcpgateway.controller.conditions.Cause;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.conditions.EventNote;
import io.mcpgateway.controller.conditions.Transitions;
import io.mcpgateway.controller.fleet.BrokerFleet;
import java.util.List;

/** Which Events a change of a virtual server's status deserves. */
public final class VirtualServerEvents {
    private VirtualServerEvents() {}

    /** Those of one change; none for an unchanged status. */
    public static List<EventNote> of(
            VirtualServerPlan plan,
            List<BrokerFleet> fleets,
            MCPVirtualServerStatus before,
            MCPVirtualServerStatus after) {
        return Transitions.events(
                before.conditions(),
                after.conditions(),
                VirtualServerReadiness.isUnderway(plan, fleets, after),
                causes(before),
                causes(after));
    }

    /** A server that has not been asked yet is no trouble. */
    private static List<Cause> causes(MCPVirtualServerStatus status) {
        boolean ready = Conditions.isTrue(status.conditions(), ConditionType.READY);
        return status.reasons().stream()
                .flatMap(reason -> ReasonCode.parse(reason.code())
                        .filter(code -> code != ReasonCode.NOT_DISCOVERED_YET)
                        .map(code -> new Cause(code.word(), reason.object(), code.isFailure() && ready))
                        .stream())
                .toList();
    }
}
