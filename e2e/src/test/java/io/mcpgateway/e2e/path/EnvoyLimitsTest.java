package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.util.List;

/** Behind Envoy, Envoy counts the calls at each server, as {@code envoy-config} sets it. */
class EnvoyLimitsTest extends LimitsContract {
    EnvoyLimitsTest() {
        super(Front.ENVOY);
    }

    @Override
    TestGateway start(Front front, List<ServerEntry> servers) throws IOException {
        return TestGateway.start(front, servers, List.of(), List.of("--max-calls-per-server", "3"));
    }

    /** Envoy does not know the ID. */
    @Override
    void assertWhileHeld(McpClient ann, McpClient bob) throws IOException {
        Reply reply = refusal(bob, "one_echo");

        assertThat(reply.header("content-type")).contains("application/json");
        assertThat(reply.json().at("/error/code").asInt()).isEqualTo(-32003);
        assertThat(reply.json().has("id")).isFalse();
        assertThat(reply.json().at("/error/message").asText())
                .isEqualTo("too many calls in progress for server \"demo/one\"; try again later");
    }
}
