package io.mcpgateway.broker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallsUnderWayTest {
    private static final GatewaySessionId ANN = new GatewaySessionId("ann");
    private static final GatewaySessionId BOB = new GatewaySessionId("bob");
    private static final ServerKey ONE = new ServerKey("ns/one@1");
    private static final ServerKey TWO = new ServerKey("ns/two@1");

    private final CallsUnderWay calls = new CallsUnderWay(new CallLimits(2, 3));

    @Test
    void aSessionMayHaveSoManyCallsWhereverTheyGo() {
        assertThat(calls.begin(ANN, ONE, "ns/one")).isEmpty();
        assertThat(calls.begin(ANN, TWO, "ns/two")).isEmpty();

        assertThat(calls.begin(ANN, ONE, "ns/one"))
                .contains("too many calls in progress in this session: the limit is 2; wait for one of them to end");
        assertThat(calls.begin(BOB, ONE, "ns/one")).isEmpty();

        calls.end(ANN, TWO);
        assertThat(calls.begin(ANN, ONE, "ns/one")).isEmpty();
    }

    @Test
    void aServerMayHaveSoManyCallsWhoeverMakesThem() {
        calls.begin(ANN, ONE, "ns/one");
        calls.begin(ANN, ONE, "ns/one");
        calls.begin(BOB, ONE, "ns/one");

        assertThat(calls.begin(BOB, ONE, "ns/one"))
                .contains("too many calls in progress for server \"ns/one\": the limit is 3; try again later");
        // The refused one does not count against the session either.
        assertThat(calls.begin(BOB, TWO, "ns/two")).isEmpty();
    }

    @Test
    void whatIsNeverRefusedCountsAllTheSame() {
        IntStream.range(0, 10).forEach(_ -> calls.admit(ANN, ONE));

        assertThat(calls.begin(ANN, TWO, "ns/two")).isPresent();
        assertThat(calls.begin(BOB, ONE, "ns/one")).isPresent();
    }

    @Test
    void aCallThatIsTurnedAwayTakesNobodysPlaceNotEvenForAMoment() throws Exception {
        CallsUnderWay one = new CallsUnderWay(new CallLimits(1, 1));
        one.begin(BOB, ONE, "ns/one");
        Callable<Long> turnedAway = () -> IntStream.range(0, 200_000)
                .filter(_ -> one.begin(ANN, ONE, "ns/one").isEmpty())
                .count();
        Callable<Long> hindered = () -> IntStream.range(0, 200_000)
                .filter(_ -> {
                    boolean refused = one.begin(ANN, TWO, "ns/two").isPresent();
                    if (!refused) {
                        one.end(ANN, TWO);
                    }
                    return refused;
                })
                .count();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (var count : threads.invokeAll(List.of(turnedAway, hindered))) {
                assertThat(count.get()).isZero();
            }
        }
    }

    /** Against plain counting of what is open. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyOrderOfComingAndGoingIsCountedRight(long seed) {
        Random chance = new Random(seed);
        CallLimits limits = new CallLimits(chance.nextInt(4), chance.nextInt(5));
        CallsUnderWay counted = new CallsUnderWay(limits);
        List<Open> open = new ArrayList<>();
        for (int step = 0; step < 3000; step++) {
            Open call = new Open(chance.nextBoolean() ? ANN : BOB, chance.nextBoolean() ? ONE : TWO);
            if (chance.nextInt(100) < 55) {
                assertThat(counted.begin(call.session(), call.server(), "s").isEmpty())
                        .as("step %d of %s with %s", step, open, limits)
                        .isEqualTo(call.hasRoomBeside(open, limits));
                if (call.hasRoomBeside(open, limits)) {
                    open.add(call);
                }
            } else if (!open.isEmpty()) {
                Open over = open.remove(chance.nextInt(open.size()));
                counted.end(over.session(), over.server());
            }
        }
    }

    private record Open(GatewaySessionId session, ServerKey server) {
        boolean hasRoomBeside(List<Open> open, CallLimits limits) {
            long ofSession =
                    open.stream().filter(other -> other.session.equals(session)).count();
            long ofServer =
                    open.stream().filter(other -> other.server.equals(server)).count();
            return (limits.perSession() == 0 || ofSession < limits.perSession())
                    && (limits.perServer() == 0 || ofServer < limits.perServer());
        }
    }

    @Test
    void noServerTakesMoreThanItsShareWhateverTheLimit() {
        assertThat(IntStream.of(0, 3, 600).mapToObj(limit -> new CallLimits(7, limit).withServersAtMost(512)))
                .containsExactly(new CallLimits(7, 512), new CallLimits(7, 3), new CallLimits(7, 512));
    }

    @Test
    void noLimitIsZero() {
        CallsUnderWay unlimited = new CallsUnderWay(new CallLimits(0, 0));

        assertThat(IntStream.range(0, 10_000).mapToObj(_ -> unlimited.begin(ANN, ONE, "ns/one")))
                .allMatch(refusal -> refusal.isEmpty());
    }

    @Test
    void callsThatEndedDoNotCount() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        Callable<Void> client = () -> {
            for (int turn = 0; turn < 5_000; turn++) {
                GatewaySessionId session = turn % 2 == 0 ? ANN : BOB;
                if (calls.begin(session, ONE, "ns/one").isEmpty()) {
                    calls.end(session, ONE);
                } else {
                    refused.incrementAndGet();
                }
            }
            return null;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (var done :
                    threads.invokeAll(List.of(client, client, client, client, client, client, client, client))) {
                done.get();
            }
        }

        assertThat(List.of(calls.begin(ANN, ONE, "s"), calls.begin(BOB, ONE, "s"), calls.begin(BOB, ONE, "s")))
                .allMatch(Optional::isEmpty);
        assertThat(refused.get()).isLessThan(40_000);
    }
}
