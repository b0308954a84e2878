package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.ModernBackend;
import io.mcpgateway.e2e.fixture.ModernClient;
import io.mcpgateway.e2e.fixture.OtlpReceiver;
import io.mcpgateway.e2e.fixture.OtlpReceiver.Kind;
import io.mcpgateway.e2e.fixture.OtlpReceiver.Span;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector gets: each message of a client is a span, and the message to a server another one within it. */
abstract class TracesContract extends WithGateway {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String OTHER_TRACE = "11111111111111111111111111111111";
    private static final String CLIENTS_SPAN = "b7ad6b7169203331";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + CLIENTS_SPAN + "-01";
    private static final String SECRET = "nobody-may-see-this";
    private static final String ARGUMENTS = "{\"text\":\"" + SECRET + "\"}";

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    private OtlpReceiver collector;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    private RecordingBackend legacy;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    private ModernBackend modern;

    TracesContract(Front front) {
        super(front);
    }

    @Override
    final TestGateway start(Front front) throws IOException {
        front.envoy();
        collector = keep(OtlpReceiver.start());
        legacy = keep(RecordingBackend.start("echo"));
        modern = keep(ModernBackend.start("echo", ModernBackend.SLOW, ModernBackend.ENDLESS));
        TestGateway gateway = keep(TestGateway.startWith(
                front,
                List.of(
                        ServerEntry.of("one", legacy.url()),
                        ServerEntry.of("two", modern.url()),
                        new ServerEntry("demo/same", legacy.url(), "same.mcp.local", "")),
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url().toString(), "OTEL_BSP_SCHEDULE_DELAY", "50")));
        gateway.awaitTools(
                "the tools of all servers", names -> names.containsAll(List.of("one_echo", "two_echo", "echo")));
        return gateway;
    }

    @BeforeEach
    void forget() {
        collector.forget();
        legacy.forgetRequests();
        modern.forgetRequests();
    }

    final RecordingBackend legacyServer() {
        return legacy;
    }

    @Test
    void aCallOfALegacyClientHasTwoSpansInItsTrace() throws IOException {
        try (McpClient client = connect("", Map.of())) {
            Reply reply = client.post(
                    McpClient.callBody("\"c-7\"", "one_echo", ARGUMENTS), Map.of("traceparent", TRACEPARENT));
            assertThat(reply.text()).as("%s", reply).isEqualTo("echo");
        }

        Span server = served("tools/call one_echo");
        Span client = called("tools/call echo");
        assertThat(server.trace()).isEqualTo(TRACE);
        assertThat(server.parent()).isEqualTo(CLIENTS_SPAN);
        assertThat(server.attributes())
                .containsEntry("mcp.method.name", "tools/call")
                .containsEntry("gen_ai.operation.name", "execute_tool")
                .containsEntry("gen_ai.tool.name", "one_echo")
                .containsEntry("jsonrpc.request.id", "c-7")
                .containsEntry("mcp.protocol.version", "2025-11-25")
                .containsEntry("mcp_gateway.decision", "forwarded")
                .containsEntry("mcp_gateway.server.name", "demo/one")
                .containsKey("mcp.session.id")
                .doesNotContainKey("error.type");
        assertThat(server.failed()).isFalse();
        within(server, client);
        assertThat(client.attributes())
                .containsEntry("gen_ai.tool.name", "echo")
                .containsEntry("server.address", "127.0.0.1")
                .containsEntry("server.port", Integer.toString(legacy.port()))
                .containsEntry("mcp.protocol.version", "2025-11-25");
        carriedOn(client, legacy.calls().getLast());
    }

    @Test
    void aCallOfAModernClientAsWell() throws IOException {
        try (ModernClient client = ModernClient.of(gateway().url())) {
            assertThat(client.call("two_echo", ARGUMENTS, Map.of("traceparent", TRACEPARENT))
                            .text())
                    .isEqualTo("echo");
        }

        Span server = served("tools/call two_echo");
        Span client = called("tools/call echo");
        assertThat(server.parent()).isEqualTo(CLIENTS_SPAN);
        assertThat(server.attributes())
                .containsEntry("mcp.protocol.version", "2026-07-28")
                .doesNotContainKey("mcp.session.id");
        within(server, client);
        carriedOn(client, modern.requests("tools/call").getLast());
    }

    @Test
    void aBodyThatNeedsNoChangeKeepsItsBytes() throws IOException {
        String body = McpClient.callBody("7", "echo", "{\"big\":12345678901234567890,\"f\":1.0}");
        try (McpClient client = connect("", Map.of())) {
            assertThat(client.post(body, Map.of()).text()).isEqualTo("echo");
        }

        Span client = called("tools/call echo");
        assertThat(legacy.calls().getLast().body()).isEqualTo(body);
        assertThat(legacy.calls().getLast().header("traceparent").orElse("")).startsWith(client.traceparent());
    }

    /** Or the server would take the client's span for the one that called it. */
    @Test
    void aContextInTheMessageIsReplaced() throws IOException {
        String body = McpClient.callBody("7", "echo", "{}")
                .replace(
                        "\"arguments\"", "\"_meta\":{\"k\":1.0,\"traceparent\":\"" + TRACEPARENT + "\"},\"arguments\"");
        try (McpClient client = connect("", Map.of())) {
            assertThat(client.post(body, Map.of()).text()).isEqualTo("echo");
        }

        Span client = called("tools/call echo");
        assertThat(served("tools/call echo").parent()).isEqualTo(CLIENTS_SPAN);
        carriedOn(client, legacy.calls().getLast());
        assertThat(legacy.calls().getLast().body()).contains("\"k\":1.0").doesNotContain(CLIENTS_SPAN);
    }

    @Test
    void theHeaderIsNearerInTheSameTraceAndLinkedInAnother() throws IOException {
        String near = "00-" + TRACE + "-00f067aa0ba902b7-01";
        String foreign = "00-" + OTHER_TRACE + "-00f067aa0ba902b7-01";
        String body = McpClient.callBody("7", "one_echo", "{}")
                .replace("\"arguments\"", "\"_meta\":{\"traceparent\":\"" + TRACEPARENT + "\"},\"arguments\"");
        try (McpClient client = connect("", Map.of())) {
            client.post(body, Map.of("traceparent", near));
            assertThat(served("tools/call one_echo").parent()).isEqualTo("00f067aa0ba902b7");
            collector.forget();

            client.post(body, Map.of("traceparent", foreign));
            Span server = served("tools/call one_echo");
            assertThat(server.trace()).isEqualTo(TRACE);
            assertThat(server.parent()).isEqualTo(CLIENTS_SPAN);
            assertThat(server.links()).containsExactly(OTHER_TRACE);
        }
    }

    @Test
    void aCallBetweenTheErasHasOneSpanPerHop() throws IOException {
        try (McpClient client = connect("", Map.of())) {
            Reply reply =
                    client.post(McpClient.callBody("7", "two_echo", ARGUMENTS), Map.of("traceparent", TRACEPARENT));
            assertThat(reply.text()).as("%s", reply).isEqualTo("echo");
        }
        Span server = served("tools/call two_echo");
        Span client = called("tools/call echo");
        assertThat(server.parent()).isEqualTo(CLIENTS_SPAN);
        assertThat(server.attributes())
                .containsEntry("mcp_gateway.decision", "bridged")
                .containsEntry("mcp.protocol.version", "2025-11-25");
        assertThat(client.attributes()).containsEntry("mcp.protocol.version", "2026-07-28");
        within(server, client);
        carriedOn(client, modern.requests("tools/call").getLast());

        collector.forget();
        try (ModernClient asks = ModernClient.of(gateway().url())) {
            assertThat(asks.call("one_echo", ARGUMENTS, Map.of("traceparent", TRACEPARENT))
                            .text())
                    .isEqualTo("echo");
        }
        Span backServer = served("tools/call one_echo");
        Span backClient = called("tools/call echo");
        assertThat(backServer.parent()).isEqualTo(CLIENTS_SPAN);
        assertThat(backClient.attributes()).containsEntry("mcp.protocol.version", "2025-11-25");
        within(backServer, backClient);
        carriedOn(backClient, legacy.calls().getLast());
        assertThat(collector.spans())
                .filteredOn(span -> span.name().startsWith("tools/"))
                .hasSize(2);
    }

    @Test
    void aRefusedCallHasTheCodeOfItsError() throws IOException {
        try (McpClient client = connect("", Map.of())) {
            client.post(McpClient.callBody("7", "one_nothing", ARGUMENTS), Map.of("traceparent", TRACEPARENT));
        }

        Span server = served("tools/call");
        assertThat(server.failed()).isTrue();
        assertThat(server.parent()).isEqualTo(CLIENTS_SPAN);
        assertThat(server.attributes())
                .containsEntry("mcp_gateway.decision", "refused")
                .containsEntry("gen_ai.tool.name", "one_nothing")
                .containsEntry("error.type", "-32602")
                .containsEntry("rpc.response.status_code", "-32602");
        assertThat(collector.spans()).noneMatch(span -> span.kind() == Kind.CLIENT);
    }

    @Test
    void whatTheBrokerAnswersHasOneSpan() throws IOException {
        try (McpClient client = connect("", Map.of())) {
            client.post(McpClient.listBody("1", Optional.empty()), Map.of("traceparent", TRACEPARENT));
        }

        Span server = served("tools/list");
        assertThat(server.parent()).isEqualTo(CLIENTS_SPAN);
        assertThat(server.attributes())
                .containsEntry("mcp_gateway.decision", "answered")
                .containsEntry("http.response.status_code", "200");
        assertThat(served("initialize").trace()).isNotEqualTo(TRACE);
    }

    @Test
    void aCancelledCallSaysSo() throws Exception {
        try (McpClient client = connect("", Map.of())) {
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    client.post(McpClient.callBody("\"c-9\"", "two_slow", "{}"), Map.of("traceparent", TRACEPARENT));
                } catch (IOException ended) {
                    // The client does not expect anything.
                }
            });
            await().until(() -> !modern.requests("tools/call").isEmpty());
            client.post(
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"c-9\"}}",
                    Map.of());
            caller.join();
        }

        Span server = served("tools/call two_slow");
        assertThat(server.attributes()).containsEntry("error.type", "cancelled");
        assertThat(server.failed()).isTrue();
        Span client = called("tools/call slow");
        within(server, client);
        assertThat(client.failed()).isTrue();
        assertThat(served("notifications/cancelled").attributes()).doesNotContainKey("jsonrpc.request.id");
    }

    @Test
    void aClientThatLeavesHasCancelledItsCall() throws IOException {
        try (McpClient client = connect("", Map.of())) {
            client.stream(McpClient.callBody("7", "two_endless", "{}"), Map.of())
                    .body()
                    .close();
        }

        assertThat(served("tools/call two_endless").attributes()).containsEntry("error.type", "cancelled");
        assertThat(called("tools/call endless").attributes()).containsEntry("error.type", "cancelled");
    }

    @Test
    void aMethodThatAnybodyCouldMakeUpIsNotANameOfASpan() throws IOException {
        try (McpClient client = connect("", Map.of())) {
            client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + SECRET + "\"}", Map.of());
        }

        assertThat(served("_OTHER").attributes()).containsEntry("error.type", "-32601");
    }

    @Test
    void theServiceHasANameAndAVersion() throws IOException {
        connect("", Map.of()).close();

        assertThat(served("initialize").service()).isEqualTo("mcp-gateway");
    }

    final Span served(String name) {
        return collector.await("a server span " + name, is(Kind.SERVER, name));
    }

    final Span called(String name) {
        return collector.await("a client span " + name, is(Kind.CLIENT, name));
    }

    private static Predicate<Span> is(Kind kind, String name) {
        return span -> span.kind() == kind && span.name().equals(name);
    }

    final void within(Span server, Span client) {
        assertThat(client.trace()).isEqualTo(server.trace());
        assertThat(client.parent()).isEqualTo(server.id());
        assertThat(client.duration()).isLessThanOrEqualTo(server.duration());
        Stream.of(server, client)
                .forEach(span -> assertThat(span.attributes().values()).noneMatch(value -> value.contains(SECRET)));
    }

    /** The server is told, in the header as in the message, that the span goes on. */
    private static void carriedOn(Span client, Recorded request) throws IOException {
        assertThat(request.header("traceparent").orElse("")).startsWith(client.traceparent());
        JsonNode params = JSON.readTree(request.body()).path("params");
        assertThat(params.at("/_meta/traceparent").asText()).startsWith(client.traceparent());
    }
}
