package io.mcpgateway.e2e.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.RawHttp;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SampleServerTest {
    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(SampleKind.SERVER1, List.of("greet", "time", "slow", "headers", "add_tool")),
                Arguments.of(
                        SampleKind.SERVER2,
                        List.of(
                                "hello_world",
                                "time",
                                "headers",
                                "auth1234",
                                "slow",
                                "set_time",
                                "pour_chocolate_into_mold")),
                Arguments.of(SampleKind.CUSTOM_PATH, List.of("hello_world")));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachKindHasTheToolsOfTheGuide(SampleKind kind, List<String> tools) throws IOException {
        try (SampleServer server = SampleServer.start(SampleOptions.local(kind));
                McpClient client = McpClient.connect(server.url())) {
            assertThat(server.url().getPath()).isEqualTo(kind.path());
            assertThat(client.toolNames()).containsExactlyInAnyOrderElementsOf(tools);
        }
    }

    @Test
    void toolsAnswerAsTheGuideShows() throws IOException {
        try (SampleServer server = SampleServer.start(SampleOptions.local(SampleKind.SERVER1));
                McpClient client = McpClient.connect(server.url())) {
            assertThat(client.call("greet", "{\"name\":\"x\"}").text()).isEqualTo("Hi x");
            assertThat(client.call("headers", "{}").text()).contains("Content-Type: application/json");
            assertThat(client.call("slow", "{\"seconds\":0}").text()).isEqualTo("waited 0 s");
            assertThat(client.call("slow", "{\"seconds\":-1}").text()).contains("0 to 600");
            assertThat(client.call("add_tool", "{\"name\":\"late\"}").text()).isEqualTo("added late");
            assertThat(client.call("late", "{}").text()).isEqualTo("this is late");
        }
    }

    @Test
    void apiKeyServerWantsTheCredential() throws IOException {
        SampleOptions options = SampleOptions.local(SampleKind.API_KEY);
        Map<String, String> credential = Map.of("Authorization", "Bearer " + options.token());
        try (SampleServer server = SampleServer.start(options);
                McpClient client = McpClient.of(server.url())) {
            assertThat(client.post(McpClient.INITIALIZE, Map.of()).status()).isEqualTo(401);
            assertThat(client.post(McpClient.INITIALIZE, Map.of("Authorization", "Bearer x"))
                            .status())
                    .isEqualTo(401);
            assertThat(client.post(McpClient.INITIALIZE, credential).status()).isEqualTo(200);
        }
        assertThat(options.toString()).doesNotContain(options.token());
    }

    @Test
    void brokenServerAnswersAVersionThatNobodySpeaks() throws IOException {
        try (SampleServer server = SampleServer.start(SampleOptions.local(SampleKind.BROKEN));
                McpClient client = McpClient.of(server.url())) {
            Reply reply = client.post(McpClient.INITIALIZE, Map.of());

            assertThat(reply.json().at("/result/protocolVersion").asText()).isEqualTo(WrongProtocolServlet.VERSION);
        }
    }

    @Test
    void manyToolsServerHasAsManyAsAskedForWithRealSchemas() throws IOException {
        SampleOptions options = new SampleOptions(SampleKind.MANY_TOOLS, "127.0.0.1", 0, 250, "");
        try (SampleServer server = SampleServer.start(options);
                McpClient client = McpClient.connect(server.url())) {
            assertThat(client.tools())
                    .hasSize(250)
                    .allMatch(tool -> tool.at("/inputSchema/properties/filter/properties/labels")
                            .isObject());
        }
    }

    @Test
    void echoServerTellsWhatItWasAsked() throws IOException {
        try (SampleServer server = SampleServer.start(SampleOptions.local(SampleKind.ECHO))) {
            Reply reply =
                    RawHttp.post(server.url().getPort(), List.of("Host: other.apps.local"), new byte[9 * 1024 * 1024]);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().path("host").asText()).isEqualTo("other.apps.local");
            assertThat(reply.json().path("bytes").asInt()).isEqualTo(9 * 1024 * 1024);
        }
    }

    @Test
    void takenPortIsSaidInOneLine() throws IOException {
        try (SampleServer server = SampleServer.start(SampleOptions.local(SampleKind.SERVER1))) {
            SampleOptions same = new SampleOptions(
                    SampleKind.SERVER2, "127.0.0.1", server.url().getPort(), 0, "");

            assertThatThrownBy(() -> SampleServer.start(same))
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + server.url().getPort() + ": Address already in use");
        }
    }
}
