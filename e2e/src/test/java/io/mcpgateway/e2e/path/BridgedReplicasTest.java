package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.ModernBackend;
import io.mcpgateway.e2e.fixture.ReplicatedGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A client's reply finds the call that waits for it, whichever of two brokers gets it. */
class BridgedReplicasTest {
    private static final int CALLS = 12;

    @Test
    void aReplyMayArriveAtAnyReplica() throws Exception {
        try (ModernBackend backend = ModernBackend.start(ModernBackend.ASKING);
                ReplicatedGateway gateway = ReplicatedGateway.start(List.of(ServerEntry.of("one", backend.url())));
                McpClient client = asking(gateway)) {
            backend.forgetRequests();
            for (int call = 0; call < CALLS; call++) {
                Iterator<String> lines = client.stream(
                                McpClient.callBody(Integer.toString(call), "one_asking", "{}"), Map.of())
                        .body()
                        .iterator();
                String id = BridgedCallsContract.askedId(lines);
                String reply = "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":{\"action\":\"decline\"}}";

                assertThat(client.post(reply, Map.of()).status()).isEqualTo(202);
                assertThat(BridgedCallsContract.next(lines, "result")).contains("decline");
            }
            assertThat(backend.requests("tools/call")).hasSize(2 * CALLS);
        }
    }

    private static McpClient asking(ReplicatedGateway gateway) throws Exception {
        McpClient client = McpClient.of(gateway.url());
        Optional<String> session = client.post(
                        McpClient.INITIALIZE.replace("\"capabilities\":{}", "\"capabilities\":{\"elicitation\":{}}"),
                        Map.of())
                .header("mcp-session-id");
        assertThat(session).isPresent();
        return client.withSession(session);
    }
}
