package io.mcpgateway.broker.session.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreContract;
import io.mcpgateway.broker.session.SessionStoreException;
import io.mcpgateway.broker.session.memory.InMemorySessionStore.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InMemorySessionStoreTest extends SessionStoreContract {
    private final AtomicLong millis = new AtomicLong(1_795_000_000_000L);

    @Override
    protected SessionStore newStore() {
        return new InMemorySessionStore(10_000, this::now);
    }

    private SessionStore newStore(int sessions, int serversPerSession, int revocations) {
        return new InMemorySessionStore(new Bounds(sessions, serversPerSession, revocations), this::now);
    }

    @Override
    protected Instant now() {
        return Instant.ofEpochMilli(millis.get());
    }

    @Override
    protected void advance(Duration time) {
        millis.addAndGet(time.toMillis());
    }

    @Test
    void theNumberOfSessionsIsBounded() {
        SessionStore store = newStore(10, 4, 10);
        for (int index = 0; index < 1000; index++) {
            store.put(session("s" + index), ONE, BACKEND_A);
        }
        int kept = 0;
        for (int index = 0; index < 1000; index++) {
            kept += store.find(new GatewaySessionId("s" + index), ONE).isPresent() ? 1 : 0;
        }

        assertThat(kept).isBetween(1, 10);
    }

    @Test
    void theOldestOfTooManyServersIsForgotten() {
        SessionStore store = newStore(10, 3, 10);
        GatewaySession session = session("s1");
        for (int index = 0; index < 5; index++) {
            store.put(session, new ServerKey("server-" + index), BACKEND_A);
        }

        assertThat(store.find(session.id(), new ServerKey("server-1"))).isEmpty();
        assertThat(store.find(session.id(), new ServerKey("server-2"))).contains(BACKEND_A);
        assertThat(store.revoke(session)).hasSize(3);
    }

    @Test
    void aFullStoreRefusesToEndMoreSessionsRatherThanForgetAnEnd() {
        SessionStore store = newStore(10, 4, 2);
        GatewaySession third = session("s3");
        store.revoke(session("s1"));
        store.revoke(session("s2"));
        store.put(third, ONE, BACKEND_A);

        assertThatThrownBy(() -> store.revoke(third)).isInstanceOf(SessionStoreException.class);
        assertThat(store.revoked(new GatewaySessionId("s1"))).isTrue();
        assertThat(store.revoked(new GatewaySessionId("s2"))).isTrue();
        assertThat(store.revoked(third.id())).isFalse();
        assertThat(store.find(third.id(), ONE)).contains(BACKEND_A);
        store.revoke(session("s1")); // to end one again needs no room
    }

    @Test
    void expiredRevocationsMakeRoom() {
        SessionStore store = newStore(10, 4, 2);
        store.revoke(session("s1"));
        store.revoke(session("s2"));
        advance(Duration.ofSeconds(61));
        store.revoke(session("s3"));

        assertThat(store.revoked(new GatewaySessionId("s1"))).isFalse();
        assertThat(store.revoked(new GatewaySessionId("s3"))).isTrue();
    }

    @Test
    void theEndOfAnExpiredSessionTakesNoRoom() {
        SessionStore store = newStore(10, 4, 1);
        GatewaySession expired = session("s1");
        advance(Duration.ofSeconds(60));
        store.revoke(expired);
        store.revoke(session("s2"));

        assertThat(store.revoked(new GatewaySessionId("s2"))).isTrue();
    }

    @Test
    void anOpenSessionWithABackendSessionTakesLessThanTwoKibibytes() {
        int count = 20_000;
        SessionStore store = newStore(count, 4, 10);
        long before = usedAfterCollection();
        for (int index = 0; index < count; index++) {
            String id = new UUID(7, index).toString();
            store.put(
                    session(id),
                    new ServerKey("some-namespace/some-server@" + index),
                    new ServerSession(Optional.of("backend-" + id), "2025-11-25"));
        }
        long each = (usedAfterCollection() - before) / count;

        assertThat(store.find(new GatewaySessionId(new UUID(7, 0).toString()), ONE))
                .isEmpty();
        assertThat(each).isBetween(100L, 2048L);
    }

    private static long usedAfterCollection() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
