package io.mcpgateway.broker.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreContract;
import io.mcpgateway.broker.session.SessionStoreException;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.session.memory.InMemorySessionStore.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract on a healthy store, and what remains of it when the store is down at start, lost, or slow. */
class SharedSessionStoreTest extends SessionStoreContract {
    private static final AtomicInteger SPACES = new AtomicInteger();
    private static final RedisTimeouts TIMEOUTS =
            new RedisTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2));
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RedisProcess redis = RedisProcess.start();
    private final AtomicLong seconds = new AtomicLong(Instant.now().getEpochSecond());
    private final List<SharedSessionStore> open = new ArrayList<>();
    private final List<Boolean> changes = new CopyOnWriteArrayList<>();
    private String space = "";

    @BeforeEach
    void name() {
        space = "space-" + SPACES.incrementAndGet();
    }

    @AfterEach
    void close() {
        open.forEach(SharedSessionStore::close);
        redis.close();
    }

    @Override
    protected SharedSessionStore newStore() {
        SharedSessionStore.Settings settings = new SharedSessionStore.Settings(
                redis.url(), TIMEOUTS, space, Duration.ofMinutes(10), Bounds.ofSessions(1000));
        try {
            SharedSessionStore store = SharedSessionStore.start(settings, this::now, changes::add);
            open.add(store);
            return store;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    protected Instant now() {
        return Instant.ofEpochSecond(seconds.get());
    }

    @Override
    protected void advance(Duration time) {
        seconds.addAndGet(time.toSeconds());
    }

    @Test
    void aSessionEndedOnOneReplicaIsEndedOnTheOtherAtOnce() {
        SharedSessionStore one = newStore();
        SharedSessionStore two = newStore();
        one.put(session("s1"), ONE, BACKEND_A);
        assertThat(two.find(session("s1").id(), ONE)).contains(BACKEND_A);

        two.revoke(session("s1"));

        assertThat(one.revoked(session("s1").id())).isTrue();
    }

    @Test
    void callsGoOnWithKnownAndNewBackendSessionsWhileTheStoreIsGone() {
        SharedSessionStore store = newStore();
        store.put(session("s1"), ONE, BACKEND_A);
        redis.kill();

        assertThat(store.revoked(session("s1").id())).isFalse();
        assertThat(store.find(session("s1").id(), ONE)).contains(BACKEND_A);
        assertThat(store.find(session("s2").id(), ONE)).isEmpty();
        store.put(session("s2"), ONE, BACKEND_B);
        assertThat(store.find(session("s2").id(), ONE)).contains(BACKEND_B);
        assertThat(store.remove(session("s1").id(), ONE, BACKEND_A)).isTrue();
        assertThat(store.find(session("s1").id(), ONE)).isEmpty();
        assertThat(changes).containsExactly(true, false);
    }

    @Test
    void anEndThatAnotherReplicaToldBeforeTheLossStaysKnown() {
        SharedSessionStore one = newStore();
        SharedSessionStore two = newStore();
        two.revoke(session("ended"));
        two.revoke(session("last"));
        awaitFollowed(one, session("last"));
        redis.kill();

        assertThat(one.revoked(session("ended").id())).isTrue();
        assertThat(one.revoked(session("alive").id())).isFalse();
    }

    /** Another store that is not asked about it can know of it by following only; both follow at the same pace. */
    private static void awaitFollowed(SharedSessionStore store, GatewaySession ended) {
        await().atMost(SOON).until(() -> store.hasSeenTheEndOf(ended.id()));
    }

    @Test
    void noSessionCanBeEndedWhileTheStoreIsGoneAndItLivesOn() {
        SharedSessionStore store = newStore();
        redis.kill();

        assertThatThrownBy(() -> store.revoke(session("s1"))).isInstanceOf(SessionStoreException.class);
        assertThat(store.revoked(session("s1").id())).isFalse();
    }

    @Test
    void aStoreThatAnswersNothingCostsOneTimeoutAndNotOnePerCall() {
        SharedSessionStore store = newStore();
        store.put(session("s1"), ONE, BACKEND_A);
        redis.pause();
        long start = System.nanoTime();
        for (int call = 0; call < 200; call++) {
            assertThat(store.revoked(session("s1").id())).isFalse();
            assertThat(store.find(session("s1").id(), ONE)).contains(BACKEND_A);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        redis.goOn();

        assertThat(took).isLessThan(Duration.ofSeconds(10));
        // On a busy machine it may be lost and found more than once.
        await().atMost(SOON).until(() -> changes.contains(false) && changes.getLast());
        store.revoke(session("s1"));
        assertThat(store.revoked(session("s1").id())).isTrue();
    }

    @Test
    void whatWasMadeMeanwhileIsSharedWhenTheStoreIsBack() {
        SharedSessionStore one = newStore();
        SharedSessionStore two = newStore();
        redis.kill();
        one.put(session("s1"), ONE, BACKEND_A);
        redis.startAgain();
        // Both were reached at first; then whoever noticed the loss comes back.
        await().atMost(SOON).until(() -> changes.contains(false) && backs() == 2 + changes.size() - backs());

        assertThat(two.find(session("s1").id(), ONE)).isEmpty();
        assertThat(one.find(session("s1").id(), ONE)).contains(BACKEND_A);
        assertThat(two.find(session("s1").id(), ONE)).contains(BACKEND_A);
    }

    private long backs() {
        return changes.stream().filter(reachable -> reachable).count();
    }

    @Test
    void aReplicaStartedWithoutTheStoreVouchesForItsOwnSessionsOnly() {
        redis.kill();
        SharedSessionStore store = newStore();
        store.begun(session("mine"));

        assertThat(changes).containsExactly(false);
        assertThat(store.revoked(session("mine").id())).isFalse();
        assertThatThrownBy(() -> store.revoked(session("older").id())).isInstanceOf(SessionStoreException.class);
        assertThat(store.confirm(new SessionVerdict.Valid(session("older"))))
                .isEqualTo(new SessionVerdict.Unconfirmed());
        store.put(session("mine"), ONE, BACKEND_A);
        assertThat(store.find(session("mine").id(), ONE)).contains(BACKEND_A);

        redis.startAgain();
        await().atMost(SOON).until(() -> changes.equals(List.of(false, true)));
        assertThat(store.revoked(session("older").id())).isFalse();
    }

    @Test
    void racingCallsDuringALossGetEitherTheSessionOrNone() throws InterruptedException {
        SessionStore store = newStore();
        store.put(session("s1"), ONE, BACKEND_A);
        List<Thread> callers = new ArrayList<>();
        List<String> wrong = new CopyOnWriteArrayList<>();
        for (int caller = 0; caller < 50; caller++) {
            callers.add(Thread.ofVirtual().start(() -> {
                for (int call = 0; call < 40; call++) {
                    store.find(session("s1").id(), ONE)
                            .filter(found -> !found.equals(BACKEND_A))
                            .ifPresent(found -> wrong.add(found.toString()));
                    if (store.find(session("s2").id(), ONE).isPresent()) {
                        wrong.add("a session of nobody");
                    }
                }
            }));
        }
        redis.kill();
        redis.startAgain();
        for (Thread caller : callers) {
            assertThat(caller.join(Duration.ofMinutes(1))).isTrue();
        }

        assertThat(wrong).isEmpty();
    }
}
