package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.ModernClient;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which revisions clients may use, as the gateway's configuration limits them. */
abstract class LimitedRevisionsContract extends WithGateway {
    private ServerEntry server;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    LimitedRevisionsContract(Front front) {
        super(front);
    }

    @Override
    final TestGateway start(Front front) throws IOException {
        server = ServerEntry.of("one", keep(RecordingBackend.start("echo")).url());
        TestGateway gateway = keep(TestGateway.start(front, List.of(server)));
        gateway.awaitTools("the tool", List.of("one_echo")::equals);
        return gateway;
    }

    @AfterEach
    void allowAllAgain() throws IOException {
        gateway().serve(ServerEntry.yaml(List.of(server)));
    }

    @Test
    void legacyRevisionsOnly() throws IOException {
        limit("2025-03-26, 2025-06-18");
        awaitInitialize("2025-06-18");

        try (McpClient client = gateway().connect();
                ModernClient modern = ModernClient.of(gateway().url())) {
            assertThat(client.post(McpClient.callBody("1", "one_echo", "{}"), Map.of())
                            .body())
                    .contains("\"text\":\"echo\"");
            for (Reply refused : List.of(modern.request("server/discover", ""), modern.call("one_echo", "{}"))) {
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.json().at("/error/code").asInt()).isEqualTo(-32022);
                assertThat(refused.json().at("/error/data/supported"))
                        .extracting(JsonNode::asText)
                        .containsExactly("2025-06-18", "2025-03-26");
            }
        }
    }

    @Test
    void modernRevisionsOnlyAndASessionGoesOn() throws IOException {
        try (McpClient before = gateway().connect();
                McpClient fresh = McpClient.of(gateway().url());
                ModernClient modern = ModernClient.of(gateway().url())) {
            limit("2026-07-28");
            await("the limit").until(() -> initialize(fresh).at("/error/code").asInt() == -32022);

            assertThat(initialize(fresh).at("/error/message").asText())
                    .endsWith("the client has to support one of: 2026-07-28");
            assertThat(modern.request("server/discover", "").json().at("/result/supportedVersions"))
                    .extracting(JsonNode::asText)
                    .containsExactly("2026-07-28");
            assertThat(modern.call("one_echo", "{}").body()).contains("\"text\":\"echo\"");
            assertThat(before.post(McpClient.callBody("1", "one_echo", "{}"), Map.of())
                            .body())
                    .contains("\"text\":\"echo\"");
        }
    }

    private void limit(String versions) throws IOException {
        gateway().serve(ServerEntry.yaml(List.of(server)) + "protocolVersions: [" + versions + "]\n");
    }

    private void awaitInitialize(String version) {
        await("initialize with " + version).until(() -> {
            try (McpClient client = McpClient.of(gateway().url())) {
                return initialize(client).at("/result/protocolVersion").asText().equals(version);
            }
        });
    }

    private static JsonNode initialize(McpClient client) throws IOException {
        return client.post(McpClient.initialize("limited"), Map.of()).json();
    }
}
