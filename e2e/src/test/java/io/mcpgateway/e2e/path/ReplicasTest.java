package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.ReplicatedGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two brokers behind one Envoy share sessions, and if one is killed, no client notices. */
class ReplicasTest {
    private static final String TOOL = "one_echo";
    private static final int CLIENTS = 8;

    @Test
    void killedReplicaLosesNoCallAndNoneIsMadeTwice() throws Exception {
        try (RecordingBackend backend = RecordingBackend.start("echo");
                ReplicatedGateway gateway = ReplicatedGateway.start(List.of(ServerEntry.of("one", backend.url())))) {
            callInOneSession(gateway, backend);
            killUnderLoad(gateway);

            assertThat(gateway.envoy().retries("mcp_router"))
                    .as("decisions asked twice")
                    .isPositive();
            assertThat(gateway.envoy().retries("mcp_broker"))
                    .as("answers asked twice")
                    .isPositive();
            assertThat(backend.calls().stream().map(Recorded::body)).doesNotHaveDuplicates();
        }
    }

    private static void callInOneSession(ReplicatedGateway gateway, RecordingBackend backend) throws Exception {
        try (McpClient client = McpClient.connect(gateway.url())) {
            for (int call = 0; call < 20; call++) {
                assertThat(client.call(TOOL, "{}").text()).isEqualTo("echo");
            }
        }

        assertThat(backend.calls().stream()
                        .map(call -> call.header("mcp-session-id"))
                        .distinct())
                .as("backend sessions of one client of both replicas")
                .hasSize(1);
    }

    private static void killUnderLoad(ReplicatedGateway gateway) throws Exception {
        try (MixedLoad load = MixedLoad.start(gateway.url(), TOOL, CLIENTS)) {
            load.awaitMore(200);
            for (int replica : new int[] {0, 1}) {
                gateway.kill(replica);
                load.awaitMore(400);
                gateway.startAgain(replica);
                load.awaitMore(100);
            }
            System.out.println("both replicas killed in turn: " + load + "; Envoy asked the other one "
                    + gateway.envoy().retries("mcp_router") + " times for a decision, "
                    + gateway.envoy().retries("mcp_broker") + " times for an answer");
            assertThat(load.lost()).isEmpty();
        }
    }
}
