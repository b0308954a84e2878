package io.mcpgateway.broker.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestIdsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final HttpLimits LIMITS = new HttpLimits(SOON, SOON, SOON, 100_000, 100_000);

    private final McpHttpClient client = new McpHttpClient();
    private FakeMcpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = FakeMcpServer.start();
    }

    @AfterEach
    void stopEverything() {
        client.close();
        server.close();
    }

    /** A client numbers its requests as it likes; whatever we send in its session is told apart from them. */
    @Test
    void idsInASessionOfAClientAreOfASpaceOfTheirOwn() throws InterruptedException {
        client.open(target(), InitializeParams.latest("mcp-gateway"), RequestIds.besideAClients(), _ -> {});
        for (int connections = 0; connections < 3; connections++) {
            McpConnection connection = client.resume(target(), Optional.of("backend-1"), "2025-11-25", _ -> {});
            assertThat(connection.ping()).isInstanceOf(McpOutcome.Answer.class);
            assertThat(connection.ping()).isInstanceOf(McpOutcome.Answer.class);
        }

        assertThat(ids())
                .hasSize(7)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("\"mcp-gateway-[0-9a-f-]{36}-[0-9]+\""));
    }

    /** Some servers understand no others. */
    @Test
    void idsInASessionOfOurOwnAreNumbers() throws InterruptedException {
        OpenOutcome outcome = client.open(target(), InitializeParams.latest("mcp-broker"), _ -> {});
        assertThat(outcome).isInstanceOf(OpenOutcome.Opened.class);
        ((OpenOutcome.Opened) outcome).connection().ping();

        assertThat(ids()).containsExactly("1", "2");
    }

    private List<String> ids() {
        return server.received().stream()
                .filter(request -> !request.method().startsWith("notifications/"))
                .map(FakeMcpServer::id)
                .toList();
    }

    private McpTarget target() {
        return new McpTarget(server.url(), Map::of, LIMITS);
    }
}
