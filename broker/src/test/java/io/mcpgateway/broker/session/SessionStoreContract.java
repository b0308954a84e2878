package io.mcpgateway.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.LogLevel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link SessionStore} must do; each adapter's test extends it. */
public abstract class SessionStoreContract {
    protected static final ServerKey ONE = new ServerKey("ns/one@1");
    protected static final ServerKey TWO = new ServerKey("ns/two@2");
    protected static final ServerSession BACKEND_A = new ServerSession(Optional.of("a"), "2025-06-18");
    protected static final ServerSession BACKEND_B = new ServerSession(Optional.of("b"), "2025-11-25");

    /** An empty store. */
    protected abstract SessionStore newStore();

    /** The time that the store goes by. */
    protected abstract Instant now();

    /** Lets the store's time pass. */
    protected abstract void advance(java.time.Duration time);

    protected GatewaySession session(String id) {
        return new GatewaySession(
                new GatewaySessionId(id),
                now().plusSeconds(60),
                CallerBinding.ANONYMOUS,
                Optional.empty(),
                "2025-11-25",
                ClientFeatures.NONE);
    }

    @Test
    void serverSessionsAreFoundByGatewaySessionAndServer() {
        SessionStore store = newStore();
        store.put(session("s1"), ONE, BACKEND_A);
        store.put(session("s1"), TWO, BACKEND_B);

        assertThat(store.find(session("s1").id(), ONE)).contains(BACKEND_A);
        assertThat(store.find(session("s1").id(), TWO)).contains(BACKEND_B);
        assertThat(store.find(session("s2").id(), ONE)).isEmpty();
    }

    @Test
    void allBackendSessionsOfASessionAreListedUntilItEnds() {
        SessionStore store = newStore();
        store.put(session("s1"), TWO, BACKEND_B);
        store.put(session("s1"), ONE, BACKEND_A);
        store.put(session("s2"), ONE, BACKEND_B);

        assertThat(store.all(session("s1").id()))
                .containsExactlyInAnyOrder(
                        new SessionStore.Entry(TWO, BACKEND_B), new SessionStore.Entry(ONE, BACKEND_A));
        store.revoke(session("s1"));
        assertThat(store.all(session("s1").id())).isEmpty();
        assertThat(store.all(session("never").id())).isEmpty();
    }

    @Test
    void aSessionlessBackendIsKeptToo() {
        SessionStore store = newStore();
        ServerSession sessionless = new ServerSession(Optional.empty(), "2025-03-26");
        store.put(session("s1"), ONE, sessionless);

        assertThat(store.find(session("s1").id(), ONE)).contains(sessionless);
    }

    @Test
    void aNewBackendSessionReplacesTheOldOne() {
        SessionStore store = newStore();
        store.put(session("s1"), ONE, BACKEND_A);
        store.put(session("s1"), ONE, BACKEND_B);

        assertThat(store.find(session("s1").id(), ONE)).contains(BACKEND_B);
        assertThat(store.revoke(session("s1"))).containsExactly(new SessionStore.Entry(ONE, BACKEND_B));
    }

    @Test
    void onlyTheBackendSessionThatIsMeantIsRemoved() {
        SessionStore store = newStore();
        store.put(session("s1"), ONE, BACKEND_B);
        store.put(session("s1"), TWO, BACKEND_A);

        assertThat(store.remove(session("s1").id(), ONE, BACKEND_A)).isFalse();
        assertThat(store.find(session("s1").id(), ONE)).contains(BACKEND_B);
        assertThat(store.remove(session("s1").id(), ONE, BACKEND_B)).isTrue();
        assertThat(store.remove(session("s1").id(), ONE, BACKEND_B)).isFalse();
        assertThat(store.find(session("s1").id(), ONE)).isEmpty();
        assertThat(store.find(session("s1").id(), TWO)).contains(BACKEND_A);
    }

    @Test
    void theLogLevelIsKeptBesideTheBackendSessionsUntilTheSessionEnds() {
        SessionStore store = newStore();
        GatewaySession session = session("s1");
        assertThat(store.logLevel(session.id())).isEmpty();
        store.setLogLevel(session, LogLevel.DEBUG);
        store.put(session, ONE, BACKEND_A);
        store.setLogLevel(session, LogLevel.EMERGENCY);
        store.remove(session.id(), ONE, BACKEND_A);

        assertThat(store.logLevel(session.id())).contains(LogLevel.EMERGENCY);
        assertThat(store.all(session.id())).isEmpty();
        assertThat(store.logLevel(new GatewaySessionId("s2"))).isEmpty();
        store.put(session, TWO, BACKEND_B);
        assertThat(store.logLevel(session.id())).contains(LogLevel.EMERGENCY);
        assertThat(store.revoke(session)).containsExactly(new SessionStore.Entry(TWO, BACKEND_B));
        store.setLogLevel(session, LogLevel.INFO);
        assertThat(store.logLevel(session.id())).isEmpty();
        assertThat(store.revoked(session.id())).isTrue();
    }

    @Test
    void theLogLevelEndsWithItsGatewaySession() {
        SessionStore store = newStore();
        store.setLogLevel(session("s1"), LogLevel.ALERT);

        advance(java.time.Duration.ofSeconds(59));
        assertThat(store.logLevel(new GatewaySessionId("s1"))).contains(LogLevel.ALERT);
        advance(java.time.Duration.ofSeconds(1));
        assertThat(store.logLevel(new GatewaySessionId("s1"))).isEmpty();
    }

    @Test
    void entriesEndWithTheirGatewaySession() {
        SessionStore store = newStore();
        store.put(session("s1"), ONE, BACKEND_A);

        advance(java.time.Duration.ofSeconds(59));
        assertThat(store.find(new GatewaySessionId("s1"), ONE)).contains(BACKEND_A);
        advance(java.time.Duration.ofSeconds(1));
        assertThat(store.find(new GatewaySessionId("s1"), ONE)).isEmpty();
    }

    @Test
    void nothingIsKeptForAnExpiredSession() {
        SessionStore store = newStore();
        GatewaySession session = session("s1");
        advance(java.time.Duration.ofSeconds(60));
        store.put(session, ONE, BACKEND_A);

        assertThat(store.find(session.id(), ONE)).isEmpty();
    }

    @Test
    void aRevokedSessionGivesUpItsBackendSessionsAndGetsNoNewOnes() {
        SessionStore store = newStore();
        GatewaySession session = session("s1");
        store.put(session, ONE, BACKEND_A);
        store.put(session, TWO, BACKEND_B);
        store.put(session("s2"), ONE, BACKEND_A);

        assertThat(store.revoked(session.id())).isFalse();
        assertThat(store.revoke(session))
                .containsExactlyInAnyOrder(
                        new SessionStore.Entry(ONE, BACKEND_A), new SessionStore.Entry(TWO, BACKEND_B));
        assertThat(store.revoked(session.id())).isTrue();
        store.put(session, ONE, BACKEND_B);
        assertThat(store.find(session.id(), ONE)).isEmpty();
        assertThat(store.revoke(session)).isEmpty();
        assertThat(store.revoked(new GatewaySessionId("s2"))).isFalse();
        assertThat(store.find(new GatewaySessionId("s2"), ONE)).contains(BACKEND_A);
    }

    @Test
    void aRevocationLastsAsLongAsTheSessionWouldHave() {
        SessionStore store = newStore();
        store.revoke(session("s1"));

        advance(java.time.Duration.ofSeconds(59));
        assertThat(store.revoked(new GatewaySessionId("s1"))).isTrue();
    }

    @Test
    void racingCallsNeverMixSessionsAndNoneSurvivesItsRevocation() throws InterruptedException, ExecutionException {
        SessionStore store = newStore();
        for (int round = 0; round < 50; round++) {
            race(store, "race-" + round);
        }
    }

    private void race(SessionStore store, String name) throws InterruptedException, ExecutionException {
        GatewaySession ended = session(name + "-ended");
        CountDownLatch start = new CountDownLatch(1);
        List<SessionStore.Entry> given;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> tasks = new ArrayList<>();
            for (int worker = 0; worker < 8; worker++) {
                GatewaySession own = session(name + "-" + worker);
                ServerSession backend = new ServerSession(Optional.of(own.id().value()), "2025-06-18");
                ServerKey server = new ServerKey("server-" + worker);
                tasks.add(threads.submit(() -> {
                    start.await();
                    store.put(ended, server, backend);
                    store.put(own, ONE, backend);
                    assertThat(store.find(own.id(), ONE)).contains(backend);
                    return null;
                }));
            }
            Future<List<SessionStore.Entry>> revocation = threads.submit(() -> {
                start.await();
                return store.revoke(ended);
            });
            start.countDown();
            for (Future<?> task : tasks) {
                task.get();
            }
            given = revocation.get();
        }
        for (int worker = 0; worker < 8; worker++) {
            assertThat(store.find(ended.id(), new ServerKey("server-" + worker)))
                    .isEmpty();
        }
        assertThat(given)
                .allSatisfy(entry -> assertThat(entry.server().value().replace("server", name))
                        .isEqualTo(entry.serverSession().id().orElseThrow()));
    }

    @Test
    void watchedResourcesAreKeptUntilTheyAreForgottenOrTheSessionEnds() {
        SessionStore store = newStore();
        SessionStore.Watched one = new SessionStore.Watched(ONE, "file:///a b");
        SessionStore.Watched two = new SessionStore.Watched(TWO, "file:///a b");
        store.put(session("s1"), ONE, BACKEND_A);

        assertThat(store.watch(session("s1"), one)).isTrue();
        assertThat(store.watch(session("s1"), one)).isTrue();
        assertThat(store.watch(session("s1"), two)).isTrue();
        assertThat(store.watched(session("s1").id())).containsExactlyInAnyOrder(one, two);
        assertThat(store.watched(session("s2").id())).isEmpty();
        assertThat(store.all(session("s1").id())).containsExactly(new SessionStore.Entry(ONE, BACKEND_A));
        store.unwatch(session("s1"), one);
        store.unwatch(session("s1"), one);
        assertThat(store.watched(session("s1").id())).containsExactly(two);
        store.revoke(session("s1"));
        assertThat(store.watched(session("s1").id())).isEmpty();
        assertThat(store.watch(session("s1"), one)).isFalse();
        assertThat(store.watched(session("s1").id())).isEmpty();
    }

    @Test
    void watchedResourcesAreBoundedAndExpire() {
        SessionStore store = newStore();
        GatewaySession session = session("s1");
        int taken = 0;
        while (store.watch(session, new SessionStore.Watched(ONE, "file:///" + taken))) {
            taken++;
        }

        assertThat(taken).isBetween(50, 1000);
        assertThat(store.watched(session.id())).hasSize(taken);
        assertThat(store.watch(session, new SessionStore.Watched(ONE, "file:///0")))
                .isTrue();
        advance(java.time.Duration.ofMinutes(2));
        assertThat(store.watched(session.id())).isEmpty();
    }
}
