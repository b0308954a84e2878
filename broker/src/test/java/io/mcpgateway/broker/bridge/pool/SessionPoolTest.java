package io.mcpgateway.broker.bridge.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.broker.client.EventListener;
import io.mcpgateway.broker.client.ListenOutcome;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.telemetry.BridgeMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SessionPoolTest {
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final CallerBinding ALICE = new CallerBinding("alice");
    private static final CallerBinding BOB = new CallerBinding("bob");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));
    private final AtomicInteger ids = new AtomicInteger();
    private final Door door = new Door();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private SessionPool pool = pool(10, 100);

    @Test
    void callsOfOneCallerShareASession() throws Exception {
        Lease first = lease(key(ALICE));
        Lease second = lease(key(ALICE));
        pool.release(first);
        pool.release(second);
        Lease third = lease(key(ALICE));

        assertThat(second.session()).isEqualTo(first.session());
        assertThat(third.affinity()).isEqualTo(first.affinity());
        assertThat(door.opened).hasSize(1);
    }

    @Test
    void whoeverDiffersInAnythingHasAnotherSession() throws Exception {
        SessionKey alice = key(ALICE);
        List<SessionKey> keys = List.of(
                alice,
                key(BOB),
                atTwo(ALICE),
                new SessionKey(
                        alice.server(),
                        ALICE,
                        alice.anonymous(),
                        ClientFeatures.of(RawJson.of("{\"roots\":{}}")),
                        alice.protocolVersion()),
                new SessionKey(alice.server(), ALICE, alice.anonymous(), alice.features(), "2025-06-18"));
        List<ServerSession> sessions = new ArrayList<>();
        for (SessionKey key : keys) {
            sessions.add(lease(key).session());
        }

        assertThat(sessions).doesNotHaveDuplicates();
    }

    @Test
    void callersWithoutCredentialsNeverShare() throws Exception {
        Lease first = lease(key(CallerBinding.ANONYMOUS));
        Lease second = lease(key(CallerBinding.ANONYMOUS));

        assertThat(second.session()).isNotEqualTo(first.session());
        pool.release(first);
        await().untilAsserted(() -> assertThat(door.ended).containsExactly(first.session()));
        assertThat(pool.size()).isEqualTo(1);
    }

    @Test
    void callersWithoutCredentialsShareWhereTheRegistrationSaysSo() throws Exception {
        Lease first = lease(anonymous("one"));
        pool.release(first);
        Lease second = lease(anonymous("one"));
        Lease atAnother = lease(anonymous("two"));
        Lease alice = lease(key("one", ALICE, AnonymousSessions.SHARED));

        assertThat(second.session()).isEqualTo(first.session());
        assertThat(List.of(first.session(), atAnother.session(), alice.session()))
                .doesNotHaveDuplicates();
        assertThat(door.ended).isEmpty();
    }

    @Test
    void aRegistrationThatNoLongerSaysSoEndsTheSharing() throws Exception {
        Lease shared = lease(anonymous("one"));
        Lease alone = lease(key(CallerBinding.ANONYMOUS));
        assertThat(alone.session()).isNotEqualTo(shared.session());
        pool.release(alone);
        pool.release(shared);
        pass(IDLE);
        pool.sweep();

        await().untilAsserted(
                        () -> assertThat(door.ended).containsExactlyInAnyOrder(alone.session(), shared.session()));
        assertThat(pool.size()).isZero();
    }

    @Test
    void callersWithoutCredentialsUseUpNoOtherServersSessions() throws Exception {
        pool = pool(1, 100);
        lease(anonymous("one"));
        SessionKey other = new SessionKey(
                new ServerKey("one"),
                CallerBinding.ANONYMOUS,
                AnonymousSessions.SHARED,
                ClientFeatures.NONE,
                "2025-11-25");

        assertThat(pool.obtain(other, door))
                .isEqualTo(new SessionPool.Obtained.TooMany(
                        "too many sessions of callers without a credential at this server: the limit is 1"));
        assertThat(lease(anonymous("two")).session().id()).isPresent();
    }

    @Test
    void callsThatRaceShareOneInitialize() throws Exception {
        door.gate = new CountDownLatch(1);
        List<FutureTask<Lease>> racing = new ArrayList<>();
        for (int call = 0; call < 8; call++) {
            FutureTask<Lease> task = new FutureTask<>(() -> lease(key(ALICE)));
            racing.add(task);
            Thread.ofVirtual().start(task);
        }
        await().until(() -> door.attempts.get() == 1);
        door.gate.countDown();
        for (FutureTask<Lease> task : racing) {
            assertThat(task.get().session()).isEqualTo(racing.getFirst().get().session());
        }
        assertThat(door.attempts).hasValue(1);
    }

    @Test
    void aFailureIsToldAndForgotten() throws Exception {
        door.failing = true;
        assertThat(pool.obtain(key(ALICE), door))
                .isEqualTo(new SessionPool.Obtained.Failed(new McpOutcome.Timeout("slow")));
        assertThat(pool.size()).isZero();
        door.failing = false;
        assertThat(lease(key(ALICE)).session().id()).isPresent();
    }

    @Test
    void aLostSessionIsNotUsedAgain() throws Exception {
        Lease lost = lease(key(ALICE));
        pool.lost(lost);
        assertThat(closed("lost")).isEqualTo(1);
        Lease next = lease(key(ALICE));

        assertThat(next.session()).isNotEqualTo(lost.session());
        assertThat(pool.size()).isEqualTo(1);
    }

    @Test
    void whatNobodyUsesForAWhileIsEnded() throws Exception {
        Lease used = lease(key(ALICE));
        Lease idle = lease(key(BOB));
        pool.release(idle);
        pass(IDLE.minusSeconds(1));
        pool.sweep();
        assertThat(pool.size()).isEqualTo(2);
        pass(Duration.ofSeconds(1));
        pool.sweep();

        assertThat(pool.size()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(door.ended).containsExactly(idle.session()));
        assertThat(closed("idle")).isEqualTo(1);
        pool.release(used);
        pool.sweep();
        assertThat(pool.size()).isEqualTo(1);
    }

    @Test
    void aFullPoolEndsTheOldestUnusedSessionOrRefuses() throws Exception {
        pool = pool(10, 2);
        Lease first = lease(key(ALICE));
        Lease second = lease(key(BOB));
        assertThat(pool.obtain(key(new CallerBinding("carol")), door))
                .isEqualTo(new SessionPool.Obtained.TooMany("too many sessions at servers: the limit is 2"));
        pool.release(second);
        pass(Duration.ofSeconds(1));
        pool.release(first);
        lease(key(new CallerBinding("carol")));

        await().untilAsserted(() -> assertThat(door.ended).containsExactly(second.session()));
        assertThat(closed("evicted")).isEqualTo(1);
        assertThat(pool.size()).isEqualTo(2);
    }

    @Test
    void aCallerHasSoManySessions() throws Exception {
        pool = pool(1, 100);
        Lease first = lease(key(ALICE));
        SessionKey second = atTwo(ALICE);

        assertThat(pool.obtain(second, door))
                .isEqualTo(new SessionPool.Obtained.TooMany(
                        "too many sessions of this caller at servers: the limit is 1"));
        lease(key(BOB));
        pool.release(first);
        lease(second);
        await().untilAsserted(() -> assertThat(door.ended).containsExactly(first.session()));
    }

    @Test
    void aSessionThatNobodyWaitedForIsEnded() throws Exception {
        door.gate = new CountDownLatch(1);
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                pool.obtain(key(CallerBinding.ANONYMOUS), door);
            } catch (InterruptedException expected) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> door.attempts.get() == 1);
        caller.interrupt();
        caller.join();
        door.gate.countDown();

        await().untilAsserted(() -> assertThat(door.ended).hasSize(1));
        assertThat(pool.size()).isZero();
    }

    @Test
    void theEndOfThePoolIsTheEndOfItsSessions() throws Exception {
        Lease used = lease(key(ALICE));
        pool.close();

        assertThat(door.ended).containsExactly(used.session());
        assertThat(pool.size()).isZero();
    }

    @Test
    void theServerIsToldOfEachLowerLevelOnce() throws Exception {
        Lease lease = lease(key(ALICE));

        assertThat(lease.lowers(LogLevel.WARNING)).isTrue();
        assertThat(lease.lowers(LogLevel.WARNING)).isFalse();
        assertThat(lease.lowers(LogLevel.ERROR)).isFalse();
        assertThat(lease.lowers(LogLevel.DEBUG)).isTrue();
        assertThat(lease.lowers(LogLevel.WARNING)).isFalse();
    }

    private SessionPool pool(int perCaller, int inAll) {
        return new SessionPool(
                new PoolLimits(perCaller, inAll, IDLE, Duration.ofSeconds(10)),
                () -> "affinity-" + ids.incrementAndGet(),
                now::get,
                new BridgeMetrics(registry));
    }

    private double closed(String reason) {
        return registry.get("mcp_broker_pooled_sessions_closed")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private Lease lease(SessionKey key) throws InterruptedException {
        return ((SessionPool.Obtained.Ready) pool.obtain(key, door)).lease();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private static SessionKey key(CallerBinding caller) {
        return key("one", caller, AnonymousSessions.PER_CALL);
    }

    private static SessionKey atTwo(CallerBinding caller) {
        return key("two", caller, AnonymousSessions.PER_CALL);
    }

    private static SessionKey anonymous(String server) {
        return key(server, CallerBinding.ANONYMOUS, AnonymousSessions.SHARED);
    }

    private static SessionKey key(String server, CallerBinding caller, AnonymousSessions anonymous) {
        return new SessionKey(
                new ServerKey(server),
                caller,
                anonymous,
                ClientFeatures.of(RawJson.of("{\"elicitation\":{}}")),
                "2025-11-25");
    }

    /** A server that counts. */
    private static final class Door implements SessionDoor {
        private final AtomicInteger attempts = new AtomicInteger();
        private final List<ServerSession> opened = new CopyOnWriteArrayList<>();
        private final List<ServerSession> ended = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile boolean failing;

        @Override
        public String serverName() {
            return "demo/one";
        }

        @Override
        public Opening open(GatewaySessionId affinity) throws InterruptedException {
            int attempt = attempts.incrementAndGet();
            gate.await();
            if (failing) {
                return new Opening.Failed(new McpOutcome.Timeout("slow"));
            }
            ServerSession session = new ServerSession(Optional.of("s-" + attempt), "2025-11-25");
            opened.add(session);
            return new Opening.Opened(session, true);
        }

        @Override
        public ListenOutcome follow(
                GatewaySessionId affinity,
                ServerSession session,
                Optional<String> lastEventId,
                EventListener listener) {
            return new ListenOutcome.NotOffered();
        }

        @Override
        public McpOutcome send(GatewaySessionId affinity, ServerSession session, RawJson message) {
            return new McpOutcome.SessionLost();
        }

        @Override
        public void end(GatewaySessionId affinity, ServerSession session) {
            ended.add(session);
        }
    }
}
