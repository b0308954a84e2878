package io.mcpgateway.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.network.Address;
import io.mcpgateway.broker.settings.BrokerOptions;
import io.mcpgateway.broker.settings.BrokerSettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The whole warm-up: everything that it sends is answered as it has to be, or it would fail. */
class WarmUpWiringTest {
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final int ROUNDS = 3;

    @Test
    void everyRequestGetsItsAnswer() throws Exception {
        assertThat(WarmUpWiring.run(BrokerSettings.DEFAULTS, MOST, ROUNDS).rounds())
                .isEqualTo(ROUNDS);
    }

    @Test
    void theBuiltInGatewayTakesPartWhereItIsUsed() throws Exception {
        BrokerSettings settings =
                BrokerSettings.DEFAULTS.with(BrokerOptions.EMBEDDED_GATEWAY, Optional.of(new Address("127.0.0.1", 1)));

        assertThat(WarmUpWiring.run(settings, MOST, ROUNDS).rounds()).isEqualTo(ROUNDS);
    }

    /** Whatever the real broker is told, the rehearsal is without a session store, an audit log, a port or a rule of its own. */
    @Test
    void itTakesNothingElseOfTheRealSettings() throws Exception {
        BrokerSettings real = BrokerSettings.DEFAULTS
                .with(BrokerOptions.METRICS_ADDRESS, Optional.of(new Address("no.such.host.invalid", 1)))
                .with(BrokerOptions.AUDIT_LOG, Optional.of("/no/such/folder"))
                .with(BrokerOptions.ENFORCE_TOOLS, true);

        assertThat(WarmUpWiring.run(real, MOST, ROUNDS).rounds()).isEqualTo(ROUNDS);
    }

    @Test
    void endsInTimeAndLeavesNoThread() throws Exception {
        WarmUpWiring.warmUp(BrokerSettings.DEFAULTS.with(BrokerOptions.WARM_UP_SECONDS, 1));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .noneMatch(name -> name.equals("warm-up") || name.startsWith("ext-proc")));
    }
}
