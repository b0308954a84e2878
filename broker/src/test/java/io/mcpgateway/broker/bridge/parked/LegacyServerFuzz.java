package io.mcpgateway.broker.bridge.parked;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Params;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.translation.InputRequired;
import io.mcpgateway.broker.translation.InputResponses;
import io.mcpgateway.broker.translation.LegacyMessage;
import io.mcpgateway.broker.translation.LegacyReply;
import io.mcpgateway.broker.translation.ModernCall;
import io.mcpgateway.broker.translation.ModernNotice;
import io.mcpgateway.broker.translation.ServerAsk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a modern client and a legacy server send each other: nothing throws, another parser understands the same, and
 * neither sees what is about the other's hop. No state is accepted but the one that was given.
 */
public final class LegacyServerFuzz {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final RequestStates STATES =
            RequestStates.withKey("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final StateBinding BINDING = new StateBinding("a call");
    private static final ParkedState PARKED = new ParkedState("r1@10.0.0.1:8080", "c1", 1, NOW.plusSeconds(300));
    private static final String SEALED = PARKED.sealed(STATES, BINDING);

    /** Examples of everything that is read here. */
    public static final List<String> SEEDS = List.of(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"p_a\",\"arguments\":{\"a\":1.0},"
                    + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"progressToken\":1,\"x\":{}},"
                    + "\"task\":{},\"requestState\":\"s\",\"inputResponses\":{\"q1\":{\"action\":\"accept\"},\"q2\":{}}}}",
            "{\"id\":\"a\",\"params\":{ \"uri\":\"a:b\",\"_meta\":{\"io.modelcontextprotocol/logLevel\":\"info\"}},"
                    + "\"jsonrpc\":\"2.0\",\"method\":\"resources/read\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"s-1\",\"method\":\"elicitation/create\",\"params\":{\"message\":\"sure?\","
                    + "\"requestedSchema\":{\"type\":\"object\"}}}",
            "{\"jsonrpc\":\"2.0\",\"id\":-7,\"method\":\"roots/list\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"s-1\"}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":1,\"progress\":0.5,"
                    + "\"_meta\":{\"io.modelcontextprotocol/x\":1,\"y\":2}}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"error\",\"data\":[1]}}",
            "{\"jsonrpc\":\"2.0\",\"id\":41,\"result\":{\"content\":[],\"_meta\":{\"io.modelcontextprotocol/serverInfo\":1}}}",
            "{\"result\":{\"resultType\":\"x\",\"ttlMs\":1,\"contents\":[{\"uri\":\"u\"}]},\"id\":41,\"error\":null}",
            "{\"jsonrpc\":\"2.0\",\"id\":41,\"error\":{\"code\":-32002,\"message\":\"m\"}}",
            "{\"jsonrpc\":\"2.0\",\"id\":41,\"error\":{\"code\":-32042,\"message\":\"m\",\"data\":{\"elicitations\":"
                    + "[{\"mode\":\"url\",\"url\":\"https://a\",\"elicitationId\":\"e\",\"message\":\"go\"}]}}}",
            SEALED);

    private static final ObjectMapper TREE = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final JsonRpcId OURS = new JsonRpcId("\"ours\"");
    private static final RawJson GATEWAY = RawJson.of("{\"name\":\"g\"}");
    private static final RawJson YES = RawJson.of("{\"action\":\"accept\"}");

    private LegacyServerFuzz() {}

    /** One attempt. */
    public static void fuzzerTestOneInput(byte[] input) {
        RawJson message = RawJson.of(input);
        if (JsonRpcParser.parse(input) instanceof Request request) {
            McpMethod.of(request.method())
                    .filter(McpMethod::isCall)
                    .ifPresent(method -> call(message, request, method));
        }
        said(message);
        replied(message);
        String text = message.toString();
        assertThat(ParkedState.open(STATES, BINDING, text, NOW))
                .isEqualTo(text.equals(SEALED) ? Optional.of(PARKED) : Optional.empty());
    }

    private static void call(RawJson body, Request request, McpMethod method) {
        responses(body);
        Params params = request.params();
        Optional<TextSpan> name = params.name().or(params::uri);
        if (name.isEmpty()) {
            return;
        }
        ModernCall call = new ModernCall(method, name.get(), "other", body);
        RawJson sent = call.request(OURS);
        assertThat(JsonRpcParser.parse(sent)).isInstanceOfSatisfying(Request.class, read -> {
            assertThat(read.id()).isEqualTo(OURS);
            assertThat(read.method()).isEqualTo(request.method());
            assertThat(read.params().name().or(read.params()::uri).map(TextSpan::value))
                    .contains("other");
        });
        tree(body).ifPresent(before -> {
            JsonNode after = tree(sent).orElseThrow();
            assertThat(after.at("/params").propertyStream().map(Map.Entry::getKey))
                    .doesNotContain("task", "requestState", "inputResponses");
            assertThat(after.at("/params/arguments")).isEqualTo(before.at("/params/arguments"));
            assertThat(own(after.at("/params/_meta"))).isEqualTo(after.at("/params/_meta"));
            assertThat(own(before.at("/params/_meta")).properties())
                    .isEqualTo(after.at("/params/_meta").properties());
        });
    }

    /** What the client responds reaches a question that is open, and no other. */
    private static void responses(RawJson body) {
        if (!(InputResponses.read(body) instanceof InputResponses.Reading.Given(InputResponses inputs))) {
            return;
        }
        inputs.accepts(List.of("q1", "q2"));
        CallProgress parked = CallProgress.BEGUN
                .asked(new ServerAsk(new JsonRpcId("5"), McpMethod.ELICIT, Optional.empty()))
                .flatMap(asked -> asked.parked(NOW.plusSeconds(1)))
                .orElseThrow();
        CallProgress.Return.Taken taken = (CallProgress.Return.Taken) parked.returned(1, inputs.byKey(), NOW);
        Optional<RawJson> response = Optional.ofNullable(inputs.byKey().get("q1"));
        assertThat(taken.replies()).hasSize(response.isPresent() ? 1 : 0);
        assertThat(taken.next().open()).hasSize(response.isPresent() ? 0 : 1);
        taken.replies().forEach(reply -> {
            JsonNode read = tree(reply).orElseThrow();
            assertThat(read.path("id").asInt()).isEqualTo(5);
            assertThat(read.path("result"))
                    .isEqualTo(response.flatMap(it -> tree(it)).orElseThrow());
        });
    }

    /** What a server says in front of its reply. */
    private static void said(RawJson message) {
        switch (LegacyMessage.of(message)) {
            case LegacyMessage.Asked(ServerAsk ask) -> {
                asked(ask);
                tree(message).ifPresent(read -> {
                    JsonNode question = tree(InputRequired.answer(OURS, Map.of("q1", ask), "state", GATEWAY))
                            .orElseThrow()
                            .at("/result/inputRequests/q1");
                    assertThat(question.path("method")).isEqualTo(read.path("method"));
                    assertThat(question.path("params"))
                            .isEqualTo(read.has("params") ? read.path("params") : TREE.createObjectNode());
                });
            }
            case LegacyMessage.Notice(RawJson notice) -> {
                heard(notice, new ModernNotice(Optional.of(RawJson.of("\"mine\"")), Optional.of(LogLevel.DEBUG)));
                heard(notice, new ModernNotice(Optional.empty(), Optional.empty()));
            }
            case LegacyMessage.Ping _,
                    LegacyMessage.Unanswerable _,
                    LegacyMessage.Withdrawn _,
                    LegacyMessage.Noise _ -> {}
        }
    }

    private static void asked(ServerAsk ask) {
        for (RawJson reply : List.of(ask.answeredWith(YES), ask.declined("no \"room\""))) {
            JsonNode read = tree(reply).orElseThrow();
            assertThat(read.path("id"))
                    .isEqualTo(tree(RawJson.of("{\"id\":" + ask.id().json() + "}"))
                            .orElseThrow()
                            .path("id"));
            assertThat(read.has("result")).isNotEqualTo(read.has("error"));
        }
    }

    private static void heard(RawJson notice, ModernNotice wanted) {
        wanted.forClient(notice)
                .ifPresent(passed -> tree(notice).ifPresent(before -> {
                    JsonNode after = tree(passed).orElseThrow();
                    assertThat(after.path("method")).isEqualTo(before.path("method"));
                    assertThat(after.has("id")).isFalse();
                    assertThat(own(after.at("/params/_meta"))).isEqualTo(after.at("/params/_meta"));
                    if (before.path("method").asText().equals("notifications/progress")) {
                        assertThat(after.at("/params/progressToken").asText()).isEqualTo("mine");
                    }
                }));
    }

    private static void replied(RawJson message) {
        for (McpMethod method : List.of(McpMethod.TOOLS_CALL, McpMethod.RESOURCES_READ, McpMethod.COMPLETE)) {
            switch (LegacyReply.of(new LegacyReply.Request(method, OURS, "a:b", "demo/one", GATEWAY), message)) {
                case LegacyReply.Final(int status, RawJson answer, boolean _) -> {
                    assertThat(status).isIn(200, 404);
                    if (tree(message).isPresent()) {
                        result(message, tree(answer).orElseThrow());
                    }
                }
                case LegacyReply.UrlsFirst(List<ServerAsk> asks) -> {
                    assertThat(asks).isNotEmpty();
                    assertThat(method).isNotEqualTo(McpMethod.COMPLETE);
                    assertThat(tree(InputRequired.answer(OURS, Map.of("q1", asks.getFirst()), "s", GATEWAY)))
                            .isPresent();
                }
            }
        }
    }

    private static void result(RawJson message, JsonNode answer) {
        assertThat(answer.path("id").asText()).isEqualTo("ours");
        assertThat(answer.has("result")).isNotEqualTo(answer.has("error"));
        if (answer.has("result")) {
            JsonNode before = tree(message).orElseThrow().path("result");
            assertThat(answer.at("/result/resultType").asText()).isEqualTo("complete");
            assertThat(answer.at("/result/_meta")
                            .path(McpMeta.SERVER_INFO)
                            .path("name")
                            .asText())
                    .isEqualTo("g");
            assertThat(answer.at("/result/content")).isEqualTo(before.path("content"));
        }
    }

    /** What of {@code _meta} is not the protocol's own. */
    private static JsonNode own(JsonNode meta) {
        if (!meta.isObject()) {
            return meta;
        }
        ObjectNode others = TREE.createObjectNode();
        meta.properties().forEach(member -> {
            if (!member.getKey().startsWith(McpMeta.PREFIX)) {
                others.set(member.getKey(), member.getValue());
            }
        });
        return others;
    }

    /** Empty if another parser does not read it. */
    private static Optional<JsonNode> tree(RawJson json) {
        try {
            return Optional.of(TREE.readTree(json.bytes())).filter(JsonNode::isObject);
        } catch (IOException notJson) {
            return Optional.empty();
        } catch (RuntimeException tooLarge) {
            throw new UncheckedIOException(new IOException(tooLarge));
        }
    }
}
