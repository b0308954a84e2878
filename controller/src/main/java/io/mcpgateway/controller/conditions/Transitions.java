package io.mcpgateway.controller.conditions;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which changes of a status a user would ask about: Ready in either direction, what is served while it is Ready, and new
 * trouble. The same trouble in other words is no news. How far a rollout has come is in the status only: an Event for each
 * step would use up what an object may say in a minute.
 */
public final class Transitions {
    private Transitions() {}

    /** Of an object whose only trouble is that it is not Ready. */
    public static List<EventNote> events(List<Condition> previous, List<Condition> next, boolean underway) {
        return events(previous, next, underway, List.of(), List.of());
    }

    /**
     * Nothing for an unchanged status. On the way to the first Ready, there are no warnings.
     *
     * @param underway if Ready is False: whether nothing has failed and nothing is refused
     * @param before what was wrong with the previous status
     * @param now what is wrong now
     */
    public static List<EventNote> events(
            List<Condition> previous, List<Condition> next, boolean underway, List<Cause> before, List<Cause> now) {
        Optional<Condition> after = Conditions.find(next, ConditionType.READY);
        if (after.isEmpty()) {
            return List.of();
        }
        Optional<Condition> then = Conditions.find(previous, ConditionType.READY);
        List<Cause> fresh = new ArrayList<>(now);
        fresh.removeAll(before);
        return "True".equals(after.get().getStatus())
                ? ready(then, after.get(), before, now, fresh)
                : notReady(then, after.get(), underway, now, fresh);
    }

    private static List<EventNote> ready(
            Optional<Condition> then, Condition ready, List<Cause> before, List<Cause> now, List<Cause> fresh) {
        List<EventNote> notes = new ArrayList<>();
        boolean wasReady =
                then.filter(condition -> "True".equals(condition.getStatus())).isPresent();
        boolean recovered =
                before.stream().anyMatch(Cause::failure) && now.stream().noneMatch(Cause::failure);
        boolean changed = then.filter(same(ready)).isEmpty();
        if (recovered) {
            notes.add(normal(Reason.RECOVERED, ready));
        } else if (changed && (!wasReady || now.isEmpty())) {
            notes.add(normal(ready.getReason(), ready));
        }
        fresh.stream().findFirst().ifPresent(cause -> notes.add(EventNote.warning(cause.code(), ready.getMessage())));
        return notes;
    }

    private static List<EventNote> notReady(
            Optional<Condition> then, Condition after, boolean underway, List<Cause> now, List<Cause> fresh) {
        boolean sameTrouble = !now.isEmpty() && fresh.isEmpty();
        if (then.filter(same(after))
                .or(() -> then.filter(condition -> sameTrouble
                        && "False".equals(condition.getStatus())
                        && Objects.equals(condition.getReason(), after.getReason())))
                .isPresent()) {
            return List.of();
        }
        boolean progress = underway
                && then.filter(condition -> "True".equals(condition.getStatus()))
                        .isEmpty();
        return List.of(
                Reason.DISABLED.equals(after.getReason()) || progress
                        ? normal(after.getReason(), after)
                        : EventNote.warning(after.getReason(), after.getMessage()));
    }

    private static EventNote normal(String reason, Condition ready) {
        return new EventNote(EventNote.Severity.NORMAL, reason, ready.getMessage());
    }

    private static java.util.function.Predicate<Condition> same(Condition after) {
        return before -> Objects.equals(before.getStatus(), after.getStatus())
                && Objects.equals(before.getReason(), after.getReason())
                && (Reason.DEPLOYMENT_NOT_READY.equals(after.getReason())
                        || Objects.equals(before.getMessage(), after.getMessage()));
    }
}
