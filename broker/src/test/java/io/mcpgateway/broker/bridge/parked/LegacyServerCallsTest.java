package io.mcpgateway.broker.bridge.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.client.FakeMcpServer;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls of modern clients to a legacy server that asks nothing. */
class LegacyServerCallsTest extends LegacyServerPath {
    @Test
    void theServerGetsALegacyCallAndTheClientAModernAnswer() throws Exception {
        HttpResponse<String> answer =
                client.call("tools/call", ModernClient.DEPLOY, ",\"progressToken\":7,\"com.example/k\":1");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"c-1\",\"result\":{\"resultType\":\"complete\",\"_meta\":"
                        + "{\"io.modelcontextprotocol/serverInfo\":{\"name\":\"MCP Gateway\",\"version\":\"1.2.3\"}},"
                        + AskingServer.DONE.substring(1) + "}");
        FakeMcpServer.Received call = call();
        assertThat(call.body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"deploy\","
                        + "\"arguments\":{\"n\":1.0},\"_meta\":{\"progressToken\":7,\"com.example/k\":1}}}");
        assertThat(call.headers())
                .containsEntry("mcp-session-id", "backend-1")
                .containsEntry("mcp-protocol-version", "2025-11-25")
                .containsEntry("x-mcp-toolname", "deploy")
                .containsEntry("x-mcp-servername", "demo/one")
                .containsEntry("mcp-init-host", "one.mcp.local")
                .containsEntry("traceparent", "00-1-2-01")
                .containsEntry("authorization", ALICE)
                .containsKey("router-key")
                .doesNotContainKeys("mcp-method", "mcp-name");
    }

    /** Envoy asks another replica if one dies; the server may have got the call from it. */
    @Test
    void aCallThatAnotherReplicaHasBegunIsNotMadeAgain() throws Exception {
        HttpRequest request = client.request("tools/call", ModernClient.DEPLOY, "");
        HttpResponse<String> answer = client.http()
                .send(
                        HttpRequest.newBuilder(request, (_, _) -> true)
                                .header("x-envoy-attempt-count", "2")
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body())
                .contains("\"id\":\"c-1\"", "\"code\":-32603", "the call may have been executed", "callLost");
        assertThat(server.received()).isEmpty();
    }

    @Test
    void theServerIsToldOfTheClientsCapabilitiesAtInitialize() throws Exception {
        client.as(ALICE, "\"roots\":{},\"extensions\":{\"io.modelcontextprotocol/tasks\":{},\"x.y/z\":{}}")
                .deploy();

        assertThat(server.received().getFirst().body())
                .contains("\"capabilities\":{\"roots\":{},\"extensions\":{\"x.y/z\":{}}}", "\"mcp-gateway\"");
    }

    @Test
    void callsOfOneCallerAreMadeInOneSession() throws Exception {
        client.deploy();
        client.deploy();
        client.as("Bearer bob", ELICITATION).deploy();

        assertThat(server.count("initialize")).isEqualTo(2);
        assertThat(server.countHttp("DELETE")).isZero();
        // A session is free again shortly after its client has the answer.
        await().untilAsserted(() -> {
            pass(PATIENCE);
            broker.calls.sweep();
            assertThat(server.countHttp("DELETE")).isEqualTo(2);
        });
    }

    @Test
    void aCallerWithoutCredentialHasASessionForEachCall() throws Exception {
        ModernClient anonymous = client.as("", ELICITATION);
        anonymous.deploy();
        anonymous.deploy();

        assertThat(server.count("initialize")).isEqualTo(2);
        await().untilAsserted(() -> assertThat(server.countHttp("DELETE")).isEqualTo(2));
        assertThat(broker.pool.size()).isZero();
    }

    @Test
    void progressAndTheLogThatTheClientWantsComeWithTheAnswer() throws Exception {
        asking.does(talk -> {
            talk.send("\"method\":\"notifications/progress\",\"params\":{\"progressToken\":7,\"progress\":1}");
            talk.send("\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"quiet\"}");
            talk.send("\"method\":\"notifications/message\",\"params\":{\"level\":\"error\",\"data\":\"loud\"}");
            talk.send("\"method\":\"notifications/tools/list_changed\"");
            talk.done();
        });
        HttpResponse<String> answer = client.call(
                "tools/call",
                ModernClient.DEPLOY,
                ",\"progressToken\":7,\"io.modelcontextprotocol/logLevel\":\"warning\"");

        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(answer.headers().firstValue("x-accel-buffering")).contains("no");
        assertThat(messages(answer))
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"progress\":1"),
                        second -> assertThat(second).contains("loud"),
                        last -> assertThat(last).contains("\"resultType\":\"complete\""));
        assertThat(server.received().stream()
                        .filter(request -> request.method().equals("logging/setLevel"))
                        .map(FakeMcpServer.Received::body))
                .singleElement()
                .asString()
                .contains("{\"level\":\"warning\"}");
    }

    @Test
    void withoutALogLevelThereIsNoLog() throws Exception {
        asking.does(talk -> {
            talk.send("\"method\":\"notifications/message\",\"params\":{\"level\":\"emergency\",\"data\":\"loud\"}");
            talk.done();
        });
        HttpResponse<String> answer = client.deploy();

        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body()).doesNotContain("loud").contains("done");
        assertThat(server.count("logging/setLevel")).isZero();
    }

    @Test
    void anUnknownLogLevelIsRefused() throws Exception {
        HttpResponse<String> answer =
                client.call("tools/call", ModernClient.DEPLOY, ",\"io.modelcontextprotocol/logLevel\":\"loud\"");

        assertThat(answer.body()).contains("-32602", "debug, info");
        assertThat(server.received()).isEmpty();
    }

    @Test
    void aSessionThatTheServerDoesNotKnowIsReplacedAndTheCallMadeOnceMore() throws Exception {
        client.deploy();
        server.sessionId("backend-2").behave((_, exchange, request) -> {
            boolean lost = request.method().equals("tools/call")
                    && "backend-1".equals(request.headers().get("mcp-session-id"));
            if (lost) {
                FakeMcpServer.send(exchange, 404, "text/plain", "");
            }
            return lost || asking.answer(server, exchange, request);
        });

        assertThat(client.deploy().body()).contains("done");
        assertThat(server.count("initialize")).isEqualTo(2);
        assertThat(calls()).isEqualTo(3);
        assertThat(client.deploy().body()).contains("done");
        assertThat(server.count("initialize")).isEqualTo(2);
    }

    @Test
    void aServerThatAlwaysForgetsIsNotAskedForever() throws Exception {
        server.behave((_, exchange, request) -> {
            boolean call = request.method().equals("tools/call");
            if (call) {
                FakeMcpServer.send(exchange, 404, "text/plain", "");
            }
            return call;
        });

        assertThat(client.deploy().body()).contains("-32603", "HTTP 404");
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    void aCallWhoseConnectionBreaksIsNotMadeAgain() throws Exception {
        server.behave((_, exchange, request) -> {
            boolean call = request.method().equals("tools/call");
            if (call) {
                exchange.close();
            }
            return call;
        });
        HttpResponse<String> answer = client.deploy();

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("-32603", "may have been executed", "\"reason\":\"serverUnavailable\"");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aServerThatSpeaksAnotherRevisionNowIsAskedAgain() throws Exception {
        server.behave((_, exchange, request) -> {
            boolean call = request.method().equals("tools/call");
            if (call || (request.method().equals("initialize") && server.count("tools/call") > 0)) {
                FakeMcpServer.send(
                        exchange,
                        200,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"id\":" + FakeMcpServer.id(request)
                                + ",\"error\":{\"code\":-32022,\"message\":\"no\"}}");
                return true;
            }
            return false;
        });
        assertThat(client.deploy().body()).contains("-32603", "repeat it in a moment");
        assertThat(broker.doubted).hasSize(1);

        client.as("Bearer bob", ELICITATION).deploy();
        assertThat(broker.doubted).as("initialize shows it, too").hasSize(2);
    }

    @Test
    void errorsHaveTheCodesOfTheClientsRevision() throws Exception {
        server.behave((_, exchange, request) -> {
            if (request.method().equals("resources/read")) {
                FakeMcpServer.send(
                        exchange,
                        200,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"id\":" + FakeMcpServer.id(request)
                                + ",\"error\":{\"code\":-32002,\"message\":\"none\"}}");
                return true;
            }
            if (request.method().equals("tools/call")) {
                FakeMcpServer.send(
                        exchange,
                        200,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"id\":" + FakeMcpServer.id(request)
                                + ",\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
                return true;
            }
            return false;
        });

        assertThat(client.call("resources/read", "\"uri\":\"file:///a\"", "").body())
                .contains("\"code\":-32602", "\"data\":{\"uri\":\"file:///a\"}");
        assertThat(client.deploy().statusCode()).isEqualTo(404);
        assertThat(client.call("resources/read", "\"uri\":\"file:///none\"", "").body())
                .contains("\"code\":-32602");
    }

    @Test
    void aServerThatRefusesTheCallerSaysSo() throws Exception {
        server.behave((_, exchange, request) -> {
            boolean post = request.method().equals("tools/call");
            if (post) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer scope=\"x\"");
                FakeMcpServer.send(exchange, 403, "text/plain", "");
            }
            return post;
        });
        HttpResponse<String> answer = client.deploy();

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer scope=\"x\"");
    }

    @Test
    void aClientThatLeavesCancelsTheCall() throws Exception {
        asking.does(talk -> {
            talk.send("\"method\":\"notifications/progress\",\"params\":{\"progressToken\":7,\"progress\":1}");
            talk.hang();
        });
        HttpResponse<InputStream> answer = client.http()
                .send(
                        client.request("tools/call", ModernClient.DEPLOY, ",\"progressToken\":7"),
                        BodyHandlers.ofInputStream());
        answer.body().close();

        await().untilAsserted(() ->
                assertThat(asking.cancelled).singleElement().asString().contains("\"requestId\":2"));
        await().untilAsserted(() -> assertThat(asking.abandoned).hasValue(1));
        await().until(() -> broker.calls.count() == 0);
    }

    private FakeMcpServer.Received call() {
        return server.received().stream()
                .filter(request -> request.method().equals("tools/call"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> messages(HttpResponse<String> answer) {
        return answer.body().lines().filter(line -> line.startsWith("data:")).toList();
    }
}
