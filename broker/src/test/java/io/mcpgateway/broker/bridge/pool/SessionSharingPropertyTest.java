package io.mcpgateway.broker.bridge.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.broker.client.EventListener;
import io.mcpgateway.broker.client.ListenOutcome;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.telemetry.BridgeMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** In whatever order calls begin and end, nobody gets a session that was opened for somebody else. */
class SessionSharingPropertyTest {
    private static final int RUNS = 200;
    private static final int STEPS = 40;

    @Test
    void aSessionOnlyEverHasOneOwner() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            SessionPool pool = new SessionPool(
                    new PoolLimits(100, 1000, Duration.ofMinutes(5), Duration.ofSeconds(10)),
                    new Ids()::next,
                    () -> Instant.EPOCH,
                    new BridgeMetrics(new SimpleMeterRegistry()));
            Door door = new Door();
            Map<ServerSession, SessionKey> owners = new HashMap<>();
            List<Lease> underWay = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                if (random.nextBoolean() && !underWay.isEmpty()) {
                    pool.release(underWay.remove(random.nextInt(underWay.size())));
                    continue;
                }
                SessionKey key = any(random);
                Lease lease = ((SessionPool.Obtained.Ready) pool.obtain(key, door)).lease();
                underWay.add(lease);
                SessionKey owner = owners.put(lease.session(), key);
                if (owner != null) {
                    assertThat(owner).as("run %d", run).isEqualTo(key);
                    assertThat(key.caller().equals(CallerBinding.ANONYMOUS)
                                    && key.anonymous() == AnonymousSessions.PER_CALL)
                            .as("run %d: shared by callers without a credential who must not", run)
                            .isFalse();
                }
            }
            Set<SessionKey> sharing = new HashSet<>(owners.values());
            sharing.removeIf(key -> key.equals(alone(key)));
            assertThat(owners.values().stream().filter(sharing::contains))
                    .as("run %d: one session each for those who share", run)
                    .hasSameSizeAs(sharing);
        }
    }

    private static SessionKey any(Random random) {
        return new SessionKey(
                new ServerKey(random.nextBoolean() ? "one" : "two"),
                List.of(CallerBinding.ANONYMOUS, new CallerBinding("alice"), new CallerBinding("bob"))
                        .get(random.nextInt(3)),
                random.nextBoolean() ? AnonymousSessions.PER_CALL : AnonymousSessions.SHARED,
                random.nextBoolean() ? ClientFeatures.NONE : new ClientFeatures(true, false, false),
                "2025-11-25");
    }

    /** The same for callers without a credential who do not share. */
    private static SessionKey alone(SessionKey key) {
        return new SessionKey(
                key.server(),
                CallerBinding.ANONYMOUS,
                AnonymousSessions.PER_CALL,
                key.features(),
                key.protocolVersion());
    }

    private static final class Ids {
        private final AtomicInteger last = new AtomicInteger();

        private String next() {
            return "affinity-" + last.incrementAndGet();
        }
    }

    private static final class Door implements SessionDoor {
        private final AtomicInteger sessions = new AtomicInteger();

        @Override
        public String serverName() {
            return "demo/one";
        }

        @Override
        public Opening open(GatewaySessionId affinity) {
            return new Opening.Opened(
                    new ServerSession(Optional.of("s-" + sessions.incrementAndGet()), "2025-11-25"), false);
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
        public void end(GatewaySessionId affinity, ServerSession session) {}
    }
}
