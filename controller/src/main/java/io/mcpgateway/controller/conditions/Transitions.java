package io.mcpgateway.controller.conditions;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which changes of conditions a user would ask about: those of Ready, in either direction and in its message. How far a
 * rollout has come is in the status only: an Event for each step would use up what an object may say in a minute.
 */
public final class Transitions {
    private Transitions() {}

    /**
     * Nothing for an unchanged status. On the way to the first Ready, there are no warnings.
     *
     * @param underway if Ready is False: whether nothing has failed and nothing is refused
     */
    public static List<EventNote> events(List<Condition> previous, List<Condition> next, boolean underway) {
        Optional<Condition> after = Conditions.find(next, ConditionType.READY);
        if (after.isEmpty()
                || Conditions.find(previous, ConditionType.READY)
                        .filter(same(after.get()))
                        .isPresent()) {
            return List.of();
        }
        Condition ready = after.get();
        boolean progress = underway && !Conditions.isTrue(previous, ConditionType.READY);
        EventNote.Severity severity =
                "True".equals(ready.getStatus()) || Reason.DISABLED.equals(ready.getReason()) || progress
                        ? EventNote.Severity.NORMAL
                        : EventNote.Severity.WARNING;
        return List.of(new EventNote(severity, ready.getReason(), ready.getMessage()));
    }

    private static java.util.function.Predicate<Condition> same(Condition after) {
        return before -> Objects.equals(before.getStatus(), after.getStatus())
                && Objects.equals(before.getReason(), after.getReason())
                && (Reason.DEPLOYMENT_NOT_READY.equals(after.getReason())
                        || Objects.equals(before.getMessage(), after.getMessage()));
    }
}
