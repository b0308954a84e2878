package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.TestGateway;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** One gateway for all tests of a class, with its servers and clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WithGateway {
    private final Front front;
    private final Closer closer = new Closer();
    private TestGateway gateway;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    WithGateway(Front front) {
        this.front = front;
    }

    /** Starts the servers and the gateway; returns when their tools are there. */
    abstract TestGateway start(Front front) throws IOException;

    @BeforeAll
    final void startEverything() throws IOException {
        gateway = start(front);
    }

    @AfterAll
    final void stopEverything() {
        closer.close();
    }

    final TestGateway gateway() {
        return gateway;
    }

    final <T extends AutoCloseable> T keep(T resource) {
        return closer.keep(resource);
    }

    /** A client that declares these capabilities (members of a JSON object), with its own session. */
    final McpClient connect(String capabilities, Map<String, String> headers) throws IOException {
        McpClient client = keep(McpClient.of(gateway.url()));
        Reply reply = client.post(
                McpClient.INITIALIZE.replace("\"capabilities\":{}", "\"capabilities\":{" + capabilities + "}"),
                headers);
        Optional<String> session = reply.header("mcp-session-id");
        assertThat(session).as(reply.toString()).isPresent();
        return client.withSession(session);
    }
}
