package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.Front;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Traces of a gateway with a real Envoy. */
class EnvoyTracesTest extends TracesContract {
    EnvoyTracesTest() {
        super(Front.ENVOY);
    }

    /** Envoy does not tell the broker when the call ends (ADR 070): both spans arrive while the server still works. */
    @Test
    void theSpansOfAForwardedCallEndWithItsDecision() throws Exception {
        try (McpClient client = connect("", Map.of());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // The session at the server first.
            assertThat(client.call("one_echo", "{}").text()).isEqualTo("echo");
            forget();
            legacyServer().hold();
            try {
                Future<String> answer =
                        threads.submit(() -> client.call("one_echo", "{}").text());

                await("the call at the server")
                        .until(() -> legacyServer().calls().size() == 1);
                within(served("tools/call one_echo"), called("tools/call echo"));
                assertThat(answer.isDone()).isFalse();

                legacyServer().release();
                assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("echo");
            } finally {
                legacyServer().release();
            }
        }
    }
}
