package io.mcpgateway.controller.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliveryWaitsTest {
    private static final ServerName ONE = new ServerName("team/one");
    private static final ServerName TWO = new ServerName("team/two");

    private final DeliveryWaits waits = new DeliveryWaits();

    @Test
    void whoeverWaitsIsToldOnce() {
        waits.begin("ns", ONE);
        waits.begin("ns", TWO);
        waits.begin("other", TWO);

        assertThat(waits.end("ns")).containsExactly(ONE, TWO);
        assertThat(waits.end("ns")).isEmpty();
        assertThat(waits.end("other")).containsExactly(TWO);
    }

    @Test
    void aServerThatRunsEverywhereDoesNotWait() {
        waits.begin("ns", ONE);
        waits.begin("ns", TWO);

        waits.end("ns", ONE);
        waits.end("unknown", ONE);

        assertThat(waits.end("ns")).containsExactly(TWO);
    }

    @Test
    void serversThatAreNotConfiguredAreForgotten() {
        waits.begin("ns", ONE);
        waits.begin("ns", TWO);

        waits.retain("ns", Set.of(TWO));
        waits.retain("unknown", Set.of());

        assertThat(waits.end("ns")).containsExactly(TWO);
    }
}
