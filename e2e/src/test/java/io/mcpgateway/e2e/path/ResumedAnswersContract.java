package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.ModernClient;
import io.mcpgateway.e2e.fixture.PollingBackend;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A client of 2026-07-28 calls a legacy server that ends the stream of a call before the result. */
abstract class ResumedAnswersContract extends WithGateway {
    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    private PollingBackend polling;

    ResumedAnswersContract(Front front) {
        super(front);
    }

    @Override
    TestGateway start(Front front) throws IOException {
        polling = keep(PollingBackend.start());
        TestGateway gateway = keep(TestGateway.start(front, List.of(ServerEntry.of("polling", polling.url()))));
        gateway.awaitTools("the tool of the server", List.of("polling_slow")::equals);
        return gateway;
    }

    @Test
    void theGatewayAsksForTheRestThroughTheServersRoute() throws IOException {
        try (ModernClient client = ModernClient.of(gateway().url())) {
            Reply reply = client.call("polling_slow", "{}", Map.of("x-of-the-client", "yes"));

            assertThat(reply.status()).as("%s", reply).isEqualTo(200);
            assertThat(reply.body()).contains("\"id\":\"my-id\"", "at last", "\"resultType\":\"complete\"");
        }
        assertThat(polling.calls()).hasSize(1);
        Recorded call = polling.calls().getFirst();
        assertThat(polling.resumptions()).hasSize(2).allSatisfy(get -> {
            assertThat(get.header("mcp-session-id")).isEqualTo(call.header("mcp-session-id"));
            assertThat(get.header("mcp-protocol-version")).contains("2025-11-25");
            assertThat(get.header("x-mcp-toolname")).contains("slow");
            assertThat(get.header("x-of-the-client")).contains("yes");
            assertThat(get.header("router-key")).isEmpty();
        });
    }
}
