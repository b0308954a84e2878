package io.mcpgateway.broker.bridge.parked;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.bridge.parked.CallProgress.Return;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.translation.ServerAsk;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever server and client do, in whatever order: what holds for each call. */
class CallProgressPropertyTest {
    private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final RawJson YES = RawJson.of("{\"action\":\"accept\"}");
    private static final int STEPS = 400;

    private Instant now = START;
    private CallProgress call = CallProgress.BEGUN;
    private int asks;
    /** The server's own IDs of what it was answered. */
    private final Set<RawJson> replied = new HashSet<>();
    /** What each key stood for when the client first saw it. */
    private final Map<String, ServerAsk> shown = new HashMap<>();

    private final Set<Integer> taken = new HashSet<>();

    @RepeatedTest(200)
    void aRoundIsTakenOnceAndAQuestionAnsweredOnce(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int step = 0; step < STEPS; step++) {
            boolean over = call.isOver();
            step(random);
            assertThat(call.open()).hasSizeLessThanOrEqualTo(CallProgress.MOST_OPEN);
            assertThat(over && !call.isOver()).isFalse();
        }
    }

    private void step(Random random) {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> call = call.asked(ask(++asks)).orElse(call);
            case 3 -> call = call.withdrawn(new JsonRpcId(Integer.toString(random.nextInt(asks + 1))));
            case 4, 5, 6 -> call.parked(now.plus(PATIENCE)).ifPresent(this::parked);
            case 7, 8, 9 -> returned(random);
            case 10 -> now = now.plusSeconds(random.nextInt(4));
            default -> call = random.nextInt(20) == 0 ? call.over() : call;
        }
    }

    private void parked(CallProgress next) {
        assertThat(next.round()).isEqualTo(call.round() + 1);
        next.open()
                .forEach((key, ask) ->
                        assertThat(shown.merge(key, ask, (first, _) -> first)).isEqualTo(ask));
        call = next;
    }

    private void returned(Random random) {
        int round = call.round() - random.nextInt(3) + random.nextInt(2);
        Map<String, RawJson> responses = new HashMap<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            responses.put("q" + (1 + random.nextInt(asks + 1)), YES);
        }
        switch (call.returned(round, responses, now)) {
            case Return.Taken(CallProgress next, List<RawJson> replies) -> {
                assertThat(call.isParked()).isTrue();
                assertThat(taken.add(round)).as("round %s is taken once", round).isTrue();
                assertThat(replies)
                        .allSatisfy(reply -> assertThat(replied.add(reply))
                                .as("%s is sent once", reply)
                                .isTrue());
                call = next;
            }
            case Return.Repeated _ ->
                assertThat(!call.isParked() || round != call.round()).isTrue();
            case Return.Late _ -> assertThat(call.isOver() || call.expired(now)).isTrue();
        }
    }

    private static ServerAsk ask(int id) {
        return new ServerAsk(new JsonRpcId(Integer.toString(id)), McpMethod.ELICIT, Optional.empty());
    }
}
