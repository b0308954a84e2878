package io.mcpgateway.controller.conditions;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final Instant THEN = Instant.parse("2026-11-01T10:00:00.999Z");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Finding NOT_READY = Finding.unmet(ConditionType.READY, Reason.NOT_READY, "connection refused");
    private static final Finding READY = Finding.met(ConditionType.READY, Reason.READY, "5 tools");

    @Test
    void aNewConditionBeginsNowInWholeSeconds() {
        Condition condition =
                Conditions.merge(List.of(), List.of(NOT_READY), 3L, THEN).getFirst();

        assertThat(condition.getType()).isEqualTo("Ready");
        assertThat(condition.getStatus()).isEqualTo("False");
        assertThat(condition.getReason()).isEqualTo("NotReady");
        assertThat(condition.getMessage()).isEqualTo("connection refused");
        assertThat(condition.getObservedGeneration()).isEqualTo(3L);
        assertThat(condition.getLastTransitionTime()).isEqualTo("2026-11-01T10:00:00Z");
    }

    @Test
    void nothingNewGivesTheSameList() {
        List<Condition> before = Conditions.merge(List.of(), List.of(NOT_READY), 3L, THEN);

        assertThat(Conditions.merge(before, List.of(NOT_READY), 3L, NOW)).isSameAs(before);
    }

    @Test
    void theTimeChangesWithTheStatusOnly() {
        List<Condition> before = Conditions.merge(List.of(), List.of(NOT_READY), 3L, THEN);
        Finding otherWords = Finding.unmet(ConditionType.READY, Reason.NOT_READY, "conflict");

        Condition reworded =
                Conditions.merge(before, List.of(otherWords), 4L, NOW).getFirst();
        Condition turned = Conditions.merge(before, List.of(READY), 4L, NOW).getFirst();

        assertThat(reworded.getMessage()).isEqualTo("conflict");
        assertThat(reworded.getObservedGeneration()).isEqualTo(4L);
        assertThat(reworded.getLastTransitionTime()).isEqualTo("2026-11-01T10:00:00Z");
        assertThat(turned.getLastTransitionTime()).isEqualTo("2026-11-23T12:00:00Z");
    }

    @Test
    void otherTypesStayInTheirPlace() {
        Finding foreign = Finding.met("Other", "Theirs", "kept");
        List<Condition> before = Conditions.merge(List.of(), List.of(foreign, NOT_READY), 1L, THEN);
        Finding accepted = Finding.met(ConditionType.ACCEPTED, Reason.ACCEPTED, "ok");

        List<Condition> after = Conditions.merge(before, List.of(READY, accepted), 1L, NOW);

        assertThat(after).extracting(Condition::getType).containsExactly("Other", "Ready", "Accepted");
        assertThat(after.getFirst()).isEqualTo(before.getFirst());
        assertThat(Conditions.isTrue(after, "Ready")).isTrue();
        assertThat(Conditions.isTrue(before, "Ready")).isFalse();
    }

    @Test
    void aTypeIsTakenAwayAndTheRestStays() {
        List<Condition> before = Conditions.merge(List.of(), List.of(READY), 1L, THEN);

        assertThat(Conditions.without(before, "Ready")).isEmpty();
        assertThat(Conditions.without(before, "Other")).isSameAs(before);
    }

    @Test
    void aConditionOfAnOlderGenerationIsNotCurrent() {
        List<Condition> before = Conditions.merge(List.of(), List.of(READY), 1L, THEN);

        assertThat(Conditions.current(before, "Ready", 1L)).isPresent();
        assertThat(Conditions.current(before, "Ready", 2L)).isEmpty();
    }

    @Test
    void aMessageHasALimit() {
        assertThat(Finding.unmet("Ready", "NotReady", "x".repeat(5000)).message())
                .hasSize(1024)
                .endsWith("...");
    }

    @Test
    void everyChangeOfReadyIsAnEventAndNothingElseIs() {
        List<Condition> before = Conditions.merge(List.of(), List.of(NOT_READY), 1L, THEN);
        List<Condition> after = Conditions.merge(before, List.of(READY), 1L, NOW);
        List<Condition> moreTools =
                Conditions.merge(after, List.of(Finding.met(ConditionType.READY, Reason.READY, "7 tools")), 1L, NOW);
        List<Condition> programmed =
                Conditions.merge(after, List.of(Finding.met(ConditionType.PROGRAMMED, Reason.PROGRAMMED, "")), 1L, NOW);

        assertThat(Transitions.events(List.of(), before, false))
                .containsExactly(EventNote.warning("NotReady", "connection refused"));
        assertThat(Transitions.events(before, after, false))
                .containsExactly(new EventNote(EventNote.Severity.NORMAL, "Ready", "5 tools"));
        assertThat(Transitions.events(after, moreTools, false)).hasSize(1);
        assertThat(Transitions.events(after, programmed, false)).isEmpty();
        assertThat(Transitions.events(after, after, false)).isEmpty();
    }

    @Test
    void howFarARolloutHasComeIsNoEvent() {
        List<Condition> begun = Conditions.merge(List.of(), List.of(rollout("0 of 1 replicas ready")), 1L, THEN);
        List<Condition> further = Conditions.merge(begun, List.of(rollout("1 of 2 replicas ready")), 1L, NOW);

        assertThat(Transitions.events(List.of(), begun, false)).hasSize(1);
        assertThat(Transitions.events(begun, further, false)).isEmpty();
        assertThat(Transitions.events(further, Conditions.merge(further, List.of(NOT_READY), 1L, NOW), false))
                .hasSize(1);
    }

    @Test
    void theWayToTheFirstReadyIsNoWarning() {
        List<Condition> begun = Conditions.merge(List.of(), List.of(rollout("0 of 1 replicas ready")), 1L, THEN);
        List<Condition> ready = Conditions.merge(begun, List.of(READY), 1L, THEN);
        List<Condition> again = Conditions.merge(ready, List.of(rollout("0 of 1 replicas ready")), 1L, NOW);

        assertThat(Transitions.events(List.of(), begun, true))
                .containsExactly(
                        new EventNote(EventNote.Severity.NORMAL, "DeploymentNotReady", "0 of 1 replicas ready"));
        assertThat(Transitions.events(List.of(), begun, false))
                .containsExactly(EventNote.warning("DeploymentNotReady", "0 of 1 replicas ready"));
        assertThat(Transitions.events(ready, again, true))
                .containsExactly(EventNote.warning("DeploymentNotReady", "0 of 1 replicas ready"));
    }

    private static Finding rollout(String progress) {
        return Finding.unmet(ConditionType.READY, Reason.DEPLOYMENT_NOT_READY, progress);
    }

    @Test
    void switchingAServerOffIsNoWarning() {
        List<Condition> disabled = Conditions.merge(
                List.of(), List.of(Finding.unmet(ConditionType.READY, Reason.DISABLED, "server is disabled")), 1L, NOW);

        assertThat(Transitions.events(List.of(), disabled, false))
                .extracting(EventNote::severity)
                .containsExactly(EventNote.Severity.NORMAL);
    }

    @Test
    void troubleIsToldOnceAndItsEndToo() {
        Cause down = new Cause("Unreachable", "server ns/one", true);
        Cause conflict = new Cause("NameConflict", "server ns/two", false);
        List<Condition> ready = Conditions.merge(List.of(), List.of(READY), 1L, THEN);
        List<Condition> fewer =
                Conditions.merge(ready, List.of(Finding.met(ConditionType.READY, Reason.READY, "4 tools")), 1L, NOW);
        List<Condition> gone = Conditions.merge(ready, List.of(NOT_READY), 1L, NOW);
        List<Condition> otherWords = Conditions.merge(
                gone, List.of(Finding.unmet(ConditionType.READY, Reason.NOT_READY, "unknown host")), 1L, NOW);

        assertThat(Transitions.events(ready, fewer, false, List.of(), List.of(conflict)))
                .containsExactly(EventNote.warning("NameConflict", "4 tools"));
        assertThat(Transitions.events(fewer, ready, false, List.of(conflict), List.of(conflict)))
                .isEmpty();
        assertThat(Transitions.events(fewer, ready, false, List.of(conflict), List.of()))
                .containsExactly(new EventNote(EventNote.Severity.NORMAL, "Ready", "5 tools"));
        assertThat(Transitions.events(ready, gone, false, List.of(), List.of(down)))
                .containsExactly(EventNote.warning("NotReady", "connection refused"));
        assertThat(Transitions.events(gone, otherWords, false, List.of(down), List.of(down)))
                .isEmpty();
        assertThat(Transitions.events(gone, otherWords, false, List.of(down), List.of(conflict)))
                .containsExactly(EventNote.warning("NotReady", "unknown host"));
        assertThat(Transitions.events(gone, ready, false, List.of(down), List.of()))
                .containsExactly(new EventNote(EventNote.Severity.NORMAL, "Recovered", "5 tools"));
    }
}
