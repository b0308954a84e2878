package io.mcpgateway.broker.bridge.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is counted of calls of modern clients to legacy servers. */
class BridgeMetricsPathTest extends LegacyServerPath {
    @Test
    void aCallAndItsWaitAreCountedOnce() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.reply();
            talk.done();
        });
        HttpResponse<String> asked = client.deploy();
        assertThat(now("mcp_broker_parked_calls")).isEqualTo(1);
        client.deploy(responses(state(asked), "\"q1\":" + ACCEPT));

        await().untilAsserted(() -> assertThat(calls("answered")).isEqualTo(1));
        assertThat(waits("answered")).isEqualTo(1);
        assertThat(now("mcp_broker_parked_calls")).isZero();
        assertThat(now("mcp_broker_pooled_sessions")).isEqualTo(1);
        assertThat(count("mcp_broker_pooled_sessions_opened", "outcome", "success"))
                .isEqualTo(1);
        assertThat(broker.registry
                        .get("mcp_broker_bridged_calls")
                        .tags(
                                "direction", "to_legacy",
                                "server_name", "demo/one",
                                "protocol_version", "2026-07-28",
                                "server_protocol_version", "2025-11-25")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whoDoesNotComeBackIsCounted() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.hang();
        });
        client.deploy();
        pass(PATIENCE);
        broker.calls.sweep();

        assertThat(waits("timed_out")).isEqualTo(1);
        assertThat(calls("timed_out")).isEqualTo(1);
    }

    @Test
    void callsThatMayNotWaitAndCallsThatNobodyHasAreCounted() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.hang();
        });
        String state = "";
        for (int call = 0; call <= ParkingBroker.LIMITS.perCaller(); call++) {
            HttpResponse<String> answer = client.deploy();
            state = answer.statusCode() == 200 ? state(answer) : state;
        }
        await().untilAsserted(() -> {
            assertThat(waits("refused")).isEqualTo(1);
            assertThat(calls("refused")).isEqualTo(1);
        });
        broker.calls.drain();
        client.deploy(responses(state, "\"q1\":" + ACCEPT));

        assertThat(waits("stopped")).isEqualTo(ParkingBroker.LIMITS.perCaller());
        assertThat(waits("lost")).isEqualTo(1);
    }

    @Test
    void whoLeavesIsCounted() throws Exception {
        asking.does(AskingServer.Talk::hang);
        CompletableFuture<HttpResponse<String>> call = client.later("tools/call", ModernClient.DEPLOY, "");
        await().until(() -> calls() == 1);
        call.cancel(true);

        await().untilAsserted(() -> assertThat(calls("cancelled")).isEqualTo(1));
    }

    private double calls(String outcome) {
        return count("mcp_broker_bridged_calls", "outcome", outcome);
    }

    private double waits(String outcome) {
        return count("mcp_broker_parked_calls_ended", "outcome", outcome);
    }

    private double count(String name, String label, String value) {
        return broker.registry.find(name).tags(label, value).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private double now(String name) {
        Gauge gauge = broker.registry.get(name).gauge();
        return gauge.value();
    }
}
