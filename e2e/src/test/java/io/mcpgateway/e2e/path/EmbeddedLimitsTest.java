package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.util.List;

/** The built-in gateway counts complete calls, per session and per server. */
class EmbeddedLimitsTest extends LimitsContract {
    EmbeddedLimitsTest() {
        super(Front.EMBEDDED);
    }

    @Override
    TestGateway start(Front front, List<ServerEntry> servers) throws IOException {
        return TestGateway.start(front, servers, "--max-calls-per-session=2", "--max-calls-per-server=3");
    }

    @Override
    void assertWhileHeld(McpClient ann, McpClient bob) throws IOException {
        refused(
                ann,
                "two_echo",
                "too many calls in progress in this session: the limit is 2; wait for one of them to end");
        refused(
                bob,
                "one_echo",
                "too many calls in progress for server \\\"demo/one\\\": the limit is 3; try again later");
        assertThat(ann.toolNames()).contains("one_echo");
    }

    private static void refused(McpClient client, String tool, String text) throws IOException {
        assertThat(refusal(client, tool).body()).contains("\"id\":\"my-id\"", text);
    }
}
