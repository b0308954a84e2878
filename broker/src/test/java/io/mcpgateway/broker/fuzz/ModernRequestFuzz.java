package io.mcpgateway.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.era.HeaderText;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.router.Router;
import io.mcpgateway.broker.router.RouterFacts;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.tasks.ServerTask;
import io.mcpgateway.broker.tasks.TaskSeal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Headers and body of a modern client together: lines up to an empty one, then the body. What reaches a server is what
 * may be seen, and its headers say the same as its body, read by another parser too.
 */
public final class ModernRequestFuzz {
    private static final String TASK = "t 1";
    private static final RequestStates STATES = RequestStates.withKey(new byte[32]);
    private static final ServerEras TASKS = new ServerEras(Optional.empty(), List.of("2026-07-28"), true);
    private static final ServerRoute OPEN = RoutingFuzz.server("one", TASKS);
    private static final ServerRoute HIDDEN = RoutingFuzz.server("two", TASKS);
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    static final List<String> SEEDS = List.of(
            request("tools/call", "p_open", "\"name\":\"p_open\",\"arguments\":{\"name\":\"p_hidden\"}"),
            request("tools/call", "=?base64?cF9vcGVu?=", "\"name\":\"p_open\""),
            request("tools/call", "=?base64?cF9vcGVu?=", "\"n\\u0061me\":\"p_\\u006fpen\""),
            request("tools/call", "=?base64?cF9vcGVu?", "\"name\":\"p_open\""),
            request("tools/call", "p_hidden", "\"name\":\"p_hidden\""),
            request("tools/call", "p_hidden", "\"name\":\"p_open\""),
            request("tools/call", "p_open\nmcp-name: p_hidden", "\"name\":\"p_open\""),
            request("tools/call", "p_open\nmcp-session-id: a\nlast-event-id: 7", "\"name\":\"p_open\""),
            request("tools/call", "p_open\nx-mcp-toolname: hidden", "\"name\":\"p_open\""),
            request(
                    "tools/call",
                    "p_open\nmcp-param-region: eu",
                    "\"name\":\"p_open\",\"arguments\":{\"region\":\"eu\"}"),
            request(
                    "tools/call",
                    "p_open\nmcp-param-region: =?base64?ZXU=?=",
                    "\"name\":\"p_open\",\"arguments\":{\"regi\\u006fn\":\"eu\",\"x\":{\"region\":1}}"),
            request("tools/call", "p_open\nmcp-param-region: 1", "\"name\":\"p_open\",\"arguments\":{\"region\":1.0}"),
            request("prompts/get", "p_open", "\"name\":\"p_open\""),
            request("resources/read", "open://a/b", "\"uri\":\"open://a/b\""),
            request("resources/read", "file:///hidden", "\"uri\":\"file:///hidden\""),
            request("completion/complete", "p_hidden", "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"p_open\"}"),
            request("resources/subscribe", "open://a/b", "\"uri\":\"open://a/b\""),
            ofTask("tools/call", "p_open", "\"name\":\"p_open\""),
            ofTask("tasks/get", id(OPEN, "open"), "\"taskId\":\"" + id(OPEN, "open") + "\""),
            ofTask("tasks/update", id(OPEN, "open"), "\"taskId\":\"" + id(OPEN, "open") + "\",\"inputResponses\":{}"),
            ofTask("tasks/cancel", id(HIDDEN, "hidden"), "\"taskId\":\"" + id(HIDDEN, "hidden") + "\""),
            ofTask("tasks/cancel", id(OPEN, "open"), "\"taskId\":\"" + id(HIDDEN, "hidden") + "\""));

    private static final Router ROUTER = new Router("mcp.example.com", 10_000, ServerRequestIds.withKey(new byte[32]));
    private static final RouterFacts FACTS = new RouterFacts(
            CallerBinding.ANONYMOUS,
            new SessionVerdict.Missing(),
            new RouterTokenVerdict.Absent(),
            Authorization.EVERYTHING,
            RoutingFuzz.table(OPEN, HIDDEN),
            (binding, text) -> STATES.open(binding, text, Instant.EPOCH));

    private ModernRequestFuzz() {}

    private static String request(String method, String name, String params) {
        return "content-type: application/json\nmcp-protocol-version: 2026-07-28\nmcp-method: " + method
                + "\nmcp-name: "
                + name + "\n\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + ","
                + META + "}}";
    }

    private static String ofTask(String method, String name, String params) {
        return request(method, name, params)
                .replace(
                        "clientCapabilities\":{}",
                        "clientCapabilities\":{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}");
    }

    /** Of the one task that a server has. */
    private static String id(ServerRoute server, String tool) {
        return TaskSeal.of(server.authorization(), CallerBinding.ANONYMOUS)
                .seal(STATES, new ServerTask(server.key(), tool, TASK));
    }

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n");
        if (end < 0) {
            return;
        }
        Map<String, List<String>> lines = RequestFuzz.lines(text.substring(0, end));
        lines.put(GatewayHeaders.VIRTUAL_SERVER, List.of("ns/vs"));
        RequestHeaders headers = RequestHeaders.of(lines);
        headers.all("mcp-name").forEach(ModernRequestFuzz::assertOneReading);
        RawJson body = RawJson.of(text.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1));
        if (ROUTER.decide(new RequestHead("POST", "mcp.example.com", "/mcp", headers), body, FACTS)
                instanceof RouteDecision.Forward forward) {
            assertThat(forward.server()).isEqualTo(OPEN);
            assertSaysTheSame(
                    RequestHeaders.of(RequestFuzz.edited(headers, forward.edits())),
                    RoutingFuzz.tree(forward.body().orElse(body)));
        }
    }

    /** What a header value says can be written, and says the same again. */
    private static void assertOneReading(String value) {
        HeaderText.decode(value)
                .ifPresent(said ->
                        assertThat(HeaderText.decode(HeaderText.encode(said))).contains(said));
    }

    private static void assertSaysTheRegion(RequestHeaders sent, JsonNode region) {
        assertThat(sent.has("mcp-param-region")).isEqualTo(!region.isMissingNode() && !region.isNull());
        if (region.isTextual()) {
            assertThat(sent.trimmed("mcp-param-region").flatMap(HeaderText::decode))
                    .contains(region.textValue());
        } else if (region.isBoolean()) {
            assertThat(sent.trimmed("mcp-param-region").flatMap(HeaderText::decode))
                    .contains(region.asText());
        } else if (sent.has("mcp-param-region")) {
            assertThat(region.isNumber()).isTrue();
        }
    }

    private static void assertSaysTheSame(RequestHeaders sent, JsonNode message) {
        JsonNode params = message.path("params");
        String method = message.path("method").textValue();
        assertThat(sent.all("mcp-method")).containsExactly(method);
        assertThat(sent.all("mcp-protocol-version"))
                .containsExactly(params.path("_meta")
                        .path("io.modelcontextprotocol/protocolVersion")
                        .textValue());
        switch (method) {
            case "tools/call", "prompts/get" -> {
                assertThat(params.path("name").textValue()).isEqualTo("open");
                assertThat(sent.all("mcp-name")).containsExactly("open");
                if (method.equals("tools/call")) {
                    assertSaysTheRegion(sent, params.path("arguments").path("region"));
                }
            }
            case "resources/read" -> {
                String uri = params.path("uri").textValue();
                assertThat(uri.equals("file:///open") || uri.startsWith("open://a/"))
                        .isTrue();
                assertThat(sent.all("mcp-name")).hasSize(1);
                assertThat(HeaderText.decode(sent.all("mcp-name").getFirst())).contains(uri);
            }
            case "tasks/get", "tasks/update", "tasks/cancel" -> {
                assertThat(params.path("taskId").textValue()).isEqualTo(TASK);
                assertThat(sent.all("mcp-name")).containsExactly(TASK);
                assertThat(sent.all(GatewayHeaders.TOOL_NAME)).containsExactly("open");
            }
            default -> {
                assertThat(method).isEqualTo("completion/complete");
                assertThat(sent.has("mcp-name")).isFalse();
            }
        }
        assertThat(sent.has("mcp-session-id") || sent.has("last-event-id")).isFalse();
        assertThat(sent.names()).doesNotContain(GatewayHeaders.VIRTUAL_SERVER, GatewayHeaders.SESSION_AFFINITY);
        assertThat(sent.all(GatewayHeaders.CLIENT_FEATURES)).isIn(List.of(), List.of("tasks"));
    }
}
