package io.mcpgateway.broker.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreContract;
import io.mcpgateway.broker.session.SessionStoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

class RedisSessionStoreTest extends SessionStoreContract {
    private static final AtomicInteger SPACES = new AtomicInteger();
    private static final RedisTimeouts PATIENT =
            new RedisTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));
    private static RedisProcess redis;

    private final AtomicLong seconds = new AtomicLong(Instant.now().getEpochSecond());
    private final List<RedisSessionStore> open = new ArrayList<>();

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @AfterEach
    void close() {
        open.forEach(RedisSessionStore::close);
    }

    @Override
    protected SessionStore newStore() {
        return store("space-" + SPACES.incrementAndGet());
    }

    private RedisSessionStore store(String space) {
        RedisSessionStore store = new RedisSessionStore(redis.url(), PATIENT, space, Duration.ofMinutes(10), this::now);
        open.add(store);
        return store;
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
    void replicasShareWhatOneOfThemPutOrEnded() {
        RedisSessionStore one = store("shared");
        RedisSessionStore two = store("shared");
        GatewaySession session = session("s1");
        one.put(session, ONE, BACKEND_A);

        assertThat(two.find(session.id(), ONE)).contains(BACKEND_A);
        assertThat(two.revoke(session)).containsExactly(new SessionStore.Entry(ONE, BACKEND_A));
        assertThat(one.revoked(session.id())).isTrue();
        assertThat(one.find(session.id(), ONE)).isEmpty();
    }

    @Test
    void gatewaysWithOtherKeysShareNothing() {
        RedisSessionStore one = store("gateway-1");
        one.put(session("s1"), ONE, BACKEND_A);
        one.revoke(session("s2"));
        RedisSessionStore other = store("gateway-2");
        List<RedisSessionStore.Ended> ended = new ArrayList<>();
        other.endedAfter("0-0", ended::add);

        assertThat(other.find(session("s1").id(), ONE)).isEmpty();
        assertThat(other.revoked(session("s2").id())).isFalse();
        assertThat(ended).isEmpty();
    }

    @Test
    void endedSessionsAreListedOnceInOrder() {
        RedisSessionStore store = store("listed");
        List<String> ended = new ArrayList<>();
        for (int index = 0; index < 2500; index++) {
            store.revoke(session("s" + index));
        }
        String position = store.endedAfter("0-0", end -> ended.add(end.session().value()));

        assertThat(ended)
                .hasSize(2500)
                .doesNotHaveDuplicates()
                .startsWith("s0", "s1")
                .endsWith("s2499");
        store.revoke(session("late"));
        ended.clear();
        store.endedAfter(position, end -> ended.add(end.session().value() + "@" + end.expiresAt()));
        assertThat(ended).containsExactly("late@" + session("late").expiresAt());
    }

    @Test
    void theServerForgetsEverythingWithTheSession() {
        RedisSessionStore store = store("ttl");
        store.put(session("put"), ONE, BACKEND_A);
        store.revoke(session("ended"));

        try (RedisClient client = client()) {
            assertThat(client.pttl("mcp-gateway:ttl:session:put")).isBetween(1L, 60_000L);
            assertThat(client.pttl("mcp-gateway:ttl:session:ended")).isBetween(1L, 60_000L);
            assertThat(client.pttl("mcp-gateway:ttl:ended")).isBetween(1L, 600_000L);
            assertThat(client.keys("mcp-gateway:ttl:*")).hasSize(3);
        }
    }

    @Test
    void theNumberOfServersOfASessionIsBounded() {
        RedisSessionStore store = store("bounded");
        GatewaySession session = session("s1");
        for (int index = 0; index < 300; index++) {
            store.put(session, new ServerKey("server-" + index), BACKEND_A);
        }

        assertThat(store.find(session.id(), new ServerKey("server-299"))).contains(BACKEND_A);
        assertThat(store.revoke(session)).hasSizeBetween(200, 256);
    }

    @Test
    void garbageInTheStoreIsNoSession() {
        RedisSessionStore store = store("garbage");
        GatewaySession session = session("s1");
        store.put(session, ONE, BACKEND_A);
        try (RedisClient client = client()) {
            client.hset("mcp-gateway:garbage:session:s1", "server:" + ONE.value(), "2025-06-18");
            assertThat(store.find(session.id(), ONE)).isEmpty();
            client.hset("mcp-gateway:garbage:session:s1", "expires", "soon");
        }
        assertThat(store.find(session.id(), ONE)).isEmpty();
    }

    @Test
    void aWrongPasswordIsAFailureThatDoesNotNameIt() {
        RedisUrl url = new RedisUrl(
                redis.url().host(), redis.url().port(), false, Optional.empty(), Optional.of("guessed-it"), 0);
        RedisSessionStore store = new RedisSessionStore(url, PATIENT, "x", Duration.ofMinutes(1), this::now);
        open.add(store);

        assertThatThrownBy(() -> store.revoked(session("s1").id()))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("WRONGPASS")
                .hasMessageContaining(redis.url().address())
                .hasMessageNotContaining("guessed-it");
    }

    private static RedisClient client() {
        return RedisClient.builder()
                .hostAndPort(redis.url().host(), redis.url().port())
                .clientConfig(DefaultJedisClientConfig.builder()
                        .password(RedisProcess.PASSWORD)
                        .build())
                .build();
    }
}
