package io.mcpgateway.controller.conditions;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists of conditions as maps by type, after the rules of {@code metav1.Condition}. */
public final class Conditions {
    private Conditions() {}

    /**
     * Puts findings into a list. Conditions of other types stay, and so does the order. {@code lastTransitionTime}
     * changes only with the status.
     *
     * @param generation of the object that the findings are about; null if it has none
     * @return {@code previous} itself when nothing differs
     */
    public static List<Condition> merge(
            List<Condition> previous, List<Finding> findings, @Nullable Long generation, Instant now) {
        List<Condition> merged = new ArrayList<>(previous);
        boolean changed = false;
        for (Finding finding : findings) {
            int index = indexOf(merged, finding.type());
            Condition before = index < 0 ? null : merged.get(index);
            Condition after = condition(finding, before, generation, now);
            if (after.equals(before)) {
                continue;
            }
            changed = true;
            if (index < 0) {
                merged.add(after);
            } else {
                merged.set(index, after);
            }
        }
        return changed ? List.copyOf(merged) : previous;
    }

    /** The list without one type; {@code previous} itself if the type is not there. */
    public static List<Condition> without(List<Condition> previous, String type) {
        return indexOf(previous, type) < 0
                ? previous
                : previous.stream()
                        .filter(condition -> !type.equals(condition.getType()))
                        .toList();
    }

    public static Optional<Condition> find(List<Condition> conditions, String type) {
        int index = indexOf(conditions, type);
        return index < 0 ? Optional.empty() : Optional.of(conditions.get(index));
    }

    /** The condition of a type if it is about this generation of the object. */
    public static Optional<Condition> current(List<Condition> conditions, String type, @Nullable Long generation) {
        return find(conditions, type)
                .filter(condition -> Objects.equals(condition.getObservedGeneration(), generation));
    }

    public static boolean isTrue(List<Condition> conditions, String type) {
        return find(conditions, type)
                .map(condition -> "True".equals(condition.getStatus()))
                .orElse(false);
    }

    private static Condition condition(
            Finding finding, @Nullable Condition before, @Nullable Long generation, Instant now) {
        boolean sameStatus =
                before != null && finding.status().equals(before.getStatus()) && before.getLastTransitionTime() != null;
        String since = sameStatus && before != null
                ? before.getLastTransitionTime()
                : now.truncatedTo(ChronoUnit.SECONDS).toString();
        Condition condition = new Condition();
        condition.setType(finding.type());
        condition.setStatus(finding.status());
        condition.setReason(finding.reason());
        condition.setMessage(finding.message());
        condition.setObservedGeneration(generation);
        condition.setLastTransitionTime(since);
        return condition;
    }

    private static int indexOf(List<Condition> conditions, String type) {
        for (int index = 0; index < conditions.size(); index++) {
            if (Objects.equals(type, conditions.get(index).getType())) {
                return index;
            }
        }
        return -1;
    }
}
