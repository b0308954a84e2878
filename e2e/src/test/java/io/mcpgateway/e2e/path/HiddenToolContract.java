package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A real server that decodes a body in the charset given by its client runs a tool that is not visible in UTF-8. The
 * gateway, which hides that tool, refuses such bodies.
 */
abstract class HiddenToolContract extends WithGateway {
    private static final String NAME = "%NAME";
    private static final Map<String, String> IN_TEAM = Map.of("X-Mcp-Virtualserver", "team/small");
    private static final Duration CHANGE_LIMIT = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    private Foreign.Server server;

    @SuppressWarnings("NullAway.Init") // The superclass starts everything before anything else.
    HiddenToolContract(Front front) {
        super(front);
    }

    @Override
    TestGateway start(Front front) throws IOException {
        front.envoy();
        server = keep(Foreign.express());
        List<ServerEntry> entries = List.of(ServerEntry.of("it", server.url()));
        TestGateway gateway = keep(TestGateway.start(front, entries));
        gateway.serve(ServerEntry.yaml(entries) + "virtualServers:\n- name: team/small\n  tools: [it_public]\n");
        gateway.awaitTools("the tools of the server", names -> names.contains("it_secret"));
        // The file's list of virtual servers is read later than the file is there.
        try (McpClient client = McpClient.of(gateway.url())) {
            await("the virtual server")
                    .atMost(CHANGE_LIMIT)
                    .until(() -> client.post(McpClient.INITIALIZE, IN_TEAM).status() == 200);
        }
        return gateway;
    }

    @ParameterizedTest
    @CsvSource({"utf-7, +ACIALAAi-name+ACIAOgAi-secret", "UTF-7-IMAP, &ACIALAAi-name&ACIAOgAi-secret"})
    void secondNameInAnotherCharsetRunsAtTheServerAndNotThroughTheGateway(String charset, String twice)
            throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":\"r-1\",\"method\":\"tools/call\",\"params\":{\"name\":\"" + NAME
                + "\",\"arguments\":{},\"x\":\"" + twice + "\"}}";
        try (McpClient direct = McpClient.of(server.url())) {
            assertThat(direct.post(body.replace(NAME, "public"), type("application/json; charset=" + charset))
                            .text())
                    .as("the attack on the server itself")
                    .isEqualTo("secret");
            assertThat(direct.post(body.replace(NAME, "public"), Map.of()).text())
                    .isEqualTo("public");
        }
        long before = runsOfTheSecret(1);
        McpClient client = connect("", IN_TEAM);

        for (String type : List.of(
                "application/json; charset=" + charset,
                "application/json; charset=\"" + charset + "\"",
                "application/json;CHARSET=" + charset + ";charset=utf-8")) {
            Reply reply = client.post(body.replace(NAME, "it_public"), type(type));

            assertThat(reply.status()).as("%s for %s", reply, type).isEqualTo(415);
        }
        // What the server ran in the meantime is in its log before what it runs now.
        assertThat(client.post(body.replace(NAME, "it_public"), IN_TEAM).text()).isEqualTo("public");
        assertThat(runsOfTheSecret(before)).isEqualTo(before);
    }

    @Test
    void hiddenToolIsNeitherListedNorCalled() throws IOException {
        McpClient client = connect("", IN_TEAM);

        assertThat(client.post(McpClient.listBody("1", java.util.Optional.empty()), IN_TEAM)
                        .json()
                        .at("/result/tools"))
                .extracting(tool -> tool.path("name").asText())
                .containsExactly("it_public");
        assertThat(client.post(McpClient.callBody("1", "it_secret", "{}"), IN_TEAM)
                        .json()
                        .has("error"))
                .isTrue();
    }

    private static Map<String, String> type(String contentType) {
        return Map.of("Content-Type", contentType, "X-Mcp-Virtualserver", "team/small");
    }

    /** How often the server ran it; waits for at least this number. */
    private long runsOfTheSecret(long atLeast) throws IOException {
        long runs = 0;
        for (int tries = 0; tries < 100; tries++) {
            runs = Files.readAllLines(server.process().log()).stream()
                    .filter("ran secret"::equals)
                    .count();
            if (runs >= atLeast) {
                break;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return runs;
    }
}
