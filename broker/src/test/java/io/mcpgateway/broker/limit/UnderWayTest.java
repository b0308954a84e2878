package io.mcpgateway.broker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.router.CallLimits;
import io.mcpgateway.broker.router.RunningCall;
import io.mcpgateway.broker.session.GatewaySessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnderWayTest {
    private static final String WHAT = "calls under way";

    private final List<RunningCall> refused = new ArrayList<>();

    @Test
    void theLimitsAreSaidWithTheIdOfTheCall() {
        UnderWay underWay = new UnderWay(new CallLimits(WHAT, 2, 1), refused::add);
        entered(underWay, call("a", "ns/weather"));

        assertThat(refusal(underWay, call("b", "ns/weather")))
                .isEqualTo("503 {\"jsonrpc\":\"2.0\",\"id\":\"b-1\",\"error\":{\"code\":-32005,\"message\":"
                        + "\"too many calls under way for server \\\"ns/weather\\\": limit 1; try again later\"}}");
        entered(underWay, call("a", "ns/other"));
        assertThat(refusal(underWay, call("a", "ns/third")))
                .isEqualTo("429 {\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"error\":{\"code\":-32005,\"message\":"
                        + "\"too many calls under way in this session: limit 2; try again later\"}}");
        assertThat(refused).containsExactly(call("b", "ns/weather"), call("a", "ns/third"));
    }

    @Test
    void closingAPlaceTwiceFreesOne() {
        UnderWay underWay = new UnderWay(new CallLimits(WHAT, 2, CallLimits.NONE), refused::add);
        UnderWay.Place first = entered(underWay, call("a", "s"));
        entered(underWay, call("a", "s"));

        first.close();
        first.close();

        entered(underWay, call("a", "s"));
        assertThat(underWay.enter(call("a", "s"))).isInstanceOf(UnderWay.Entry.Refused.class);
    }

    @Test
    void whatNoServerIsAskedForCountsForItsSessionOnly() {
        UnderWay underWay = new UnderWay(new CallLimits(WHAT, 1, 1), refused::add);
        RunningCall message = new RunningCall(new JsonRpcId("1"), new GatewaySessionId("a"), Optional.empty());

        try (UnderWay.Place _ = entered(underWay, message)) {
            entered(underWay, call("b", "s"));
            assertThat(underWay.enter(message)).isInstanceOf(UnderWay.Entry.Refused.class);
        }
        entered(underWay, message);
    }

    /** Against a model: the list of what is open. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyOrderOfComingAndGoingAgreesWithPlainCounting(long seed) {
        Random chance = new Random(seed);
        CallLimits limits = new CallLimits(WHAT, chance.nextInt(4), chance.nextInt(6));
        UnderWay underWay = new UnderWay(limits, _ -> {});
        Map<UnderWay.Place, RunningCall> open = new HashMap<>();

        for (int step = 0; step < 3000; step++) {
            if (chance.nextInt(100) < 55) {
                RunningCall call = call("session-" + chance.nextInt(3), "server-" + chance.nextInt(3));
                boolean room = hasRoom(limits, call, open);
                UnderWay.Entry entry = underWay.enter(call);
                assertThat(entry instanceof UnderWay.Entry.Entered)
                        .as("step %d, %s", step, limits)
                        .isEqualTo(room);
                if (entry instanceof UnderWay.Entry.Entered(UnderWay.Place place)) {
                    open.put(place, call);
                }
            } else if (!open.isEmpty()) {
                UnderWay.Place place = List.copyOf(open.keySet()).get(chance.nextInt(open.size()));
                place.close();
                open.remove(place);
            }
            assertThat(underWay.known()).isEqualTo(known(open));
        }
        open.keySet().forEach(UnderWay.Place::close);
        assertThat(underWay.known()).isZero();
    }

    @Test
    void threadsTogetherNeverExceedTheLimitAndLeaveNothing() throws Exception {
        int limit = 5;
        UnderWay underWay = new UnderWay(new CallLimits(WHAT, CallLimits.NONE, limit), _ -> {});
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger let = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < 16; thread++) {
                RunningCall call = call("session-" + thread, "s");
                ends.add(threads.submit(() -> {
                    start.await();
                    for (int count = 0; count < 2000; count++) {
                        if (underWay.enter(call) instanceof UnderWay.Entry.Entered(UnderWay.Place place)) {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            let.incrementAndGet();
                            now.decrementAndGet();
                            place.close();
                        }
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(most.get()).isBetween(1, limit);
        assertThat(let.get()).isGreaterThanOrEqualTo(2000);
        assertThat(underWay.known()).isZero();
    }

    @Test
    void theCeilingHoldsWhateverLimitIsAskedFor() {
        assertThat(IntStream.of(CallLimits.NONE, 3, 600).map(limit -> CallLimits.atMost(512, limit)))
                .containsExactly(512, 3, 512);
    }

    private static boolean hasRoom(CallLimits limits, RunningCall call, Map<UnderWay.Place, RunningCall> open) {
        long ofSession = open.values().stream()
                .filter(other -> other.session().equals(call.session()))
                .count();
        long ofServer = open.values().stream()
                .filter(other -> other.server().equals(call.server()))
                .count();
        return (limits.perSession() == 0 || ofSession < limits.perSession())
                && (limits.perServer() == 0 || ofServer < limits.perServer());
    }

    private static int known(Map<UnderWay.Place, RunningCall> open) {
        return (int) (open.values().stream()
                        .map(RunningCall::session)
                        .distinct()
                        .count()
                + open.values().stream().map(RunningCall::server).distinct().count());
    }

    private static RunningCall call(String session, String server) {
        return new RunningCall(
                new JsonRpcId("\"" + session + "-1\""),
                new GatewaySessionId(session),
                Optional.of(new ServerName(server)));
    }

    private static UnderWay.Place entered(UnderWay underWay, RunningCall call) {
        UnderWay.Entry entry = underWay.enter(call);
        assertThat(entry).isInstanceOf(UnderWay.Entry.Entered.class);
        return ((UnderWay.Entry.Entered) entry).place();
    }

    private static String refusal(UnderWay underWay, RunningCall call) {
        UnderWay.Entry entry = underWay.enter(call);
        assertThat(entry).isInstanceOf(UnderWay.Entry.Refused.class);
        UnderWay.Entry.Refused refusal = (UnderWay.Entry.Refused) entry;
        return refusal.answer().status() + " " + refusal.answer().body();
    }
}
