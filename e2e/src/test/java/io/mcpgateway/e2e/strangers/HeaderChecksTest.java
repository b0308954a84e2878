package io.mcpgateway.e2e.strangers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whether servers on the official SDKs compare the headers of MCP 2026-07-28 with the message, as they must ("Server
 * Validation"). A call that Envoy routes by its headers alone would depend on it (docs/adr/068). The names are of no tool,
 * so nothing is executed.
 */
class HeaderChecksTest {
    private static final String MISMATCH = "-32020";
    private static final String NAME = "no-such-tool";
    private static final String OTHER = "no-such-tool-either";

    @ParameterizedTest
    @EnumSource(
            value = StrangerServer.class,
            names = {"TYPESCRIPT2", "TYPESCRIPT2_ONLY", "PYTHON2", "FASTMCP", "GO_STATELESS", "GO_ONLY"})
    void headersThatSaySomethingElseThanTheMessageAreRefused(StrangerServer kind) throws Exception {
        try (RunningStranger server = RunningStranger.start("headers", kind);
                HttpClient client = HttpClient.newHttpClient()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> listens(server.url()));
            Calls calls = new Calls(client, server.url());

            assertThat(calls.send("tools/call", List.of(NAME), NAME).body()).doesNotContain(MISMATCH);
            assertRefused(calls.send("tools/call", List.of(OTHER), NAME));
            assertRefused(calls.send("tools/call", List.of(), NAME));
            assertRefused(calls.send("tools/list", List.of(NAME), NAME));
            assertRefused(calls.send("tools/call", List.of(OTHER, NAME), NAME));
            // JSON allows both readings. Whichever the server takes is the one that it compares.
            assertRefused(calls.send("tools/call", List.of(OTHER), OTHER, NAME));
            assertThat(calls.send("tools/call", List.of(NAME), OTHER, NAME).body())
                    .doesNotContain(MISMATCH);
        }
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(MISMATCH);
    }

    private static boolean listens(URI url) {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private record Calls(HttpClient client, URI url) {
        /** A call of tools, whatever its headers say; {@code names} are the values of {@code params.name}, in order. */
        HttpResponse<String> send(String methodHeader, List<String> nameHeaders, String... names)
                throws IOException, InterruptedException {
            List<String> members = new ArrayList<>();
            members.add("\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}}");
            for (String name : names) {
                members.add("\"name\":\"" + name + "\"");
            }
            members.add("\"arguments\":{}");
            HttpRequest.Builder request = HttpRequest.newBuilder(url)
                    .timeout(Duration.ofSeconds(10))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream")
                    .header("MCP-Protocol-Version", "2026-07-28")
                    .header("Mcp-Method", methodHeader);
            nameHeaders.forEach(name -> request.header("Mcp-Name", name));
            request.POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{"
                    + String.join(",", members) + "}}"));
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
