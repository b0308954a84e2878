package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.Condition;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationStatus;
import io.mcpgateway.api.v1alpha1.reason.ReasonStatus;
import io.mcpgateway.controller.conditions.Cause;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.conditions.EventNote;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.conditions.Transitions;
import io.mcpgateway.controller.fleet.BrokerFleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which Events a change of a registration's status deserves. */
public final class RegistrationEvents {
    private RegistrationEvents() {}

    /** Those of one change; none for an unchanged status. */
    public static List<EventNote> of(
            RegistrationPlan plan,
            List<BrokerFleet> fleets,
            MCPServerRegistrationStatus before,
            MCPServerRegistrationStatus after) {
        List<EventNote> notes = new ArrayList<>(Transitions.events(
                before.conditions(), after.conditions(), isUnderway(plan, fleets), causes(before), causes(after)));
        notes.addAll(sharedHost(plan, before, after));
        notes.addAll(approval(before, after));
        return notes;
    }

    /** What is not approved has Events of its own; a server that is switched off or has no tools is no trouble. */
    private static List<Cause> causes(MCPServerRegistrationStatus status) {
        boolean answered = status.lastSeen() != null || Conditions.isTrue(status.conditions(), ConditionType.READY);
        List<Cause> causes = new ArrayList<>();
        for (ReasonStatus reason : status.reasons()) {
            ReasonCode.parse(reason.code())
                    .filter(code -> code.isFailure()
                            || code == ReasonCode.NAME_CONFLICT
                            || code == ReasonCode.INVALID_DEFINITION)
                    .map(code -> new Cause(code.word(), reason.object(), code.isFailure() && answered))
                    .ifPresent(causes::add);
        }
        return causes;
    }

    /** A shared host is not the server's fault, but its owner has to know. */
    private static List<EventNote> sharedHost(
            RegistrationPlan plan, MCPServerRegistrationStatus before, MCPServerRegistrationStatus after) {
        return plan instanceof RegistrationPlan.Registered registered
                        && !registered.neighbours().isEmpty()
                        && !accepted(before).equals(accepted(after))
                ? List.of(EventNote.warning(Reason.HOSTNAME_SHARED, String.join("; ", registered.neighbours())))
                : List.of();
    }

    /** Once for each change of what is not approved; and when everything is again. */
    private static List<EventNote> approval(MCPServerRegistrationStatus before, MCPServerRegistrationStatus after) {
        Optional<Condition> then = Conditions.find(before.conditions(), ConditionType.TOOLS_APPROVED);
        Optional<Condition> now = Conditions.find(after.conditions(), ConditionType.TOOLS_APPROVED);
        boolean met = Conditions.isTrue(after.conditions(), ConditionType.TOOLS_APPROVED);
        boolean news = met
                ? !Conditions.isTrue(before.conditions(), ConditionType.TOOLS_APPROVED)
                : !now.map(ToolApproval::departures).equals(then.map(ToolApproval::departures));
        if (now.isEmpty() || now.get().getReason().equals(Reason.PENDING) || !news) {
            return List.of();
        }
        return List.of(new EventNote(
                met ? EventNote.Severity.NORMAL : EventNote.Severity.WARNING,
                now.get().getReason(),
                now.get().getMessage()));
    }

    private static boolean isUnderway(RegistrationPlan plan, List<BrokerFleet> fleets) {
        return switch (plan) {
            case RegistrationPlan.Unattached(String reason, String _) -> reason.equals(Reason.PENDING);
            case RegistrationPlan.Invalid _ -> false;
            case RegistrationPlan.Disabled _ -> false;
            case RegistrationPlan.Registered registered ->
                ServerVerdict.of(registered.placements(), fleets).underway();
        };
    }

    private static Optional<String> accepted(MCPServerRegistrationStatus status) {
        return Conditions.find(status.conditions(), ConditionType.ACCEPTED).map(Condition::getMessage);
    }
}
