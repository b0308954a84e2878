package io.mcpgateway.broker.bridge.parked;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.bridge.parked.CallProgress.Return;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.translation.ServerAsk;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallProgressTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Instant UNTIL = NOW.plus(Duration.ofMinutes(5));
    private static final RawJson YES = RawJson.of("{\"action\":\"accept\"}");

    @Test
    void aCallWithoutQuestionsIsNeverParked() {
        assertThat(CallProgress.BEGUN.parked(UNTIL)).isEmpty();
    }

    @Test
    void theClientIsAskedAndComesBack() {
        CallProgress parked = asked(CallProgress.BEGUN, "1").parked(UNTIL).orElseThrow();

        assertThat(parked.isParked()).isTrue();
        assertThat(parked.open()).containsOnlyKeys("q1");
        Return.Taken back = (Return.Taken) parked.returned(1, Map.of("q1", YES, "unknown", YES), NOW);
        assertThat(back.replies())
                .containsExactly(RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"action\":\"accept\"}}"));
        assertThat(back.next().isParked()).isFalse();
        assertThat(back.next().open()).isEmpty();
    }

    @Test
    void eachRoundIsAnsweredOnce() {
        CallProgress parked = asked(CallProgress.BEGUN, "1").parked(UNTIL).orElseThrow();
        CallProgress next = ((Return.Taken) parked.returned(1, Map.of("q1", YES), NOW)).next();

        assertThat(next.returned(1, Map.of("q1", YES), NOW)).isEqualTo(new Return.Repeated());
        CallProgress again = asked(next, "2").parked(UNTIL).orElseThrow();
        assertThat(again.open()).containsOnlyKeys("q2");
        assertThat(again.returned(1, Map.of("q2", YES), NOW)).isEqualTo(new Return.Repeated());
        assertThat(again.returned(2, Map.of("q2", YES), NOW)).isInstanceOf(Return.Taken.class);
    }

    @Test
    void whatTheClientDoesNotRespondToIsAskedAgain() {
        CallProgress parked =
                asked(asked(CallProgress.BEGUN, "1"), "2").parked(UNTIL).orElseThrow();
        Return.Taken back = (Return.Taken) parked.returned(1, Map.of("q2", YES), NOW);

        assertThat(back.replies()).hasSize(1);
        assertThat(back.next().parked(UNTIL).orElseThrow().open()).containsOnlyKeys("q1");
    }

    @Test
    void aQuestionThatComesWhileTheClientIsAwayIsForTheNextRound() {
        CallProgress parked = asked(CallProgress.BEGUN, "1").parked(UNTIL).orElseThrow();
        CallProgress more = asked(parked, "2");
        Return.Taken back = (Return.Taken) more.returned(1, Map.of("q1", YES), NOW);

        assertThat(back.next().open()).containsOnlyKeys("q2");
    }

    @Test
    void aQuestionThatTheServerTakesBackIsNotReplied() {
        CallProgress parked = asked(CallProgress.BEGUN, "1").parked(UNTIL).orElseThrow();
        CallProgress withdrawn = parked.withdrawn(new JsonRpcId("1"));
        Return.Taken back = (Return.Taken) withdrawn.returned(1, Map.of("q1", YES), NOW);

        assertThat(back.replies()).isEmpty();
    }

    @Test
    void itWaitsOnlySoLong() {
        CallProgress parked = asked(CallProgress.BEGUN, "1").parked(UNTIL).orElseThrow();

        assertThat(parked.expired(UNTIL.minusMillis(1))).isFalse();
        assertThat(parked.expired(UNTIL)).isTrue();
        assertThat(parked.returned(1, Map.of("q1", YES), UNTIL)).isEqualTo(new Return.Late());
        assertThat(CallProgress.BEGUN.expired(Instant.MAX)).isFalse();
    }

    @Test
    void nothingFollowsTheEnd() {
        CallProgress over = asked(CallProgress.BEGUN, "1").over();

        assertThat(over.asked(ask("2"))).isEmpty();
        assertThat(over.parked(UNTIL)).isEmpty();
        assertThat(over.returned(0, Map.of(), NOW)).isEqualTo(new Return.Late());
    }

    @Test
    void aServerCannotAskWithoutEnd() {
        CallProgress progress = CallProgress.BEGUN;
        for (int number = 0; number < CallProgress.MOST_OPEN; number++) {
            progress = asked(progress, Integer.toString(number));
        }

        assertThat(progress.asked(ask("x"))).isEmpty();
    }

    private static CallProgress asked(CallProgress progress, String id) {
        return progress.asked(ask(id)).orElseThrow();
    }

    private static ServerAsk ask(String id) {
        return new ServerAsk(new JsonRpcId(id), McpMethod.ELICIT, Optional.of(RawJson.of("{}")));
    }
}
