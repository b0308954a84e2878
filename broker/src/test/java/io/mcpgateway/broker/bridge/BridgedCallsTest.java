package io.mcpgateway.broker.bridge;

import static io.mcpgateway.broker.bridge.LegacyClient.DEPLOY;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.bridge.LegacyClient.Call;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.FakeMcpServer.Received;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls, their answers, and how they end. */
class BridgedCallsTest extends BridgedPath {
    @Test
    void aCallReachesTheServerInItsOwnEra() throws Exception {
        server.behave(answering(DONE));
        try (LegacyClient client = LegacyClient.connect(replica.url(), "\"roots\":{}")) {
            HttpResponse<String> answer = client.post(DEPLOY, "X-Tag", "kept");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).contains("application/json");
            assertThat(answer.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"c-7\",\"result\":" + DONE + "}");
        }
        Received call = server.received().getLast();
        assertThat(call.headers())
                .containsEntry("mcp-protocol-version", "2026-07-28")
                .containsEntry("mcp-method", "tools/call")
                .containsEntry("mcp-name", "deploy")
                .containsEntry("x-mcp-toolname", "deploy")
                .containsEntry("x-mcp-servername", "demo/one")
                .containsEntry("x-tag", "kept")
                .containsEntry("accept", "application/json, text/event-stream")
                .doesNotContainKeys("mcp-session-id", "router-key", "mcp-init-host", "x-mcp-caller");
        assertThat(call.body())
                .contains("\"name\":\"deploy\"", "\"n\":1.0", "\"progressToken\":5")
                .contains("\"io.modelcontextprotocol/clientCapabilities\":{\"roots\":{}}")
                .doesNotContain("c-7", "logLevel");
        assertThat(server.received()).hasSize(1);
        assertThat(replica.meters
                        .get("mcp_router_decisions")
                        .tags("decision", "bridge", "server_name", "demo/one")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatTheServerSaysOnTheWayArrivesAtOnce() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        server.behave((_, exchange, request) -> {
            OutputStream out = stream(exchange);
            event(
                    out,
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":5,"
                            + "\"progress\":0.50}}");
            assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
            event(out, FakeMcpServer.reply(request, DONE));
            exchange.close();
            return true;
        });
        try (LegacyClient client = LegacyClient.connect(replica.url(), "")) {
            Call call = client.stream(DEPLOY);

            assertThat(call.response().headers().firstValue("content-type")).contains("text/event-stream");
            assertThat(call.next("progress")).contains("\"progress\":0.50");
            seen.countDown();
            assertThat(call.next("c-7")).contains("done");
            assertThat(call.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "leave", "delete"})
    void theServersStreamEndsWithTheCall(String how) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        server.behave((_, exchange, _) -> {
            OutputStream out = stream(exchange);
            event(out, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}");
            awaitEnd(out, ended);
            return true;
        });
        try (LegacyClient client = LegacyClient.connect(replica.url(), "")) {
            Call call = client.stream(DEPLOY);
            call.next("progress");
            switch (how) {
                case "cancel" -> client.post(cancelOf("\"c-7\""));
                case "leave" -> call.leave();
                default -> client.delete();
            }

            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
            if (!how.equals("leave")) {
                assertThat(call.rest()).as("nothing is answered any more").isEmpty();
            }
        }
        assertThat(server.received().stream().filter(request -> request.method().equals("tools/call")))
                .hasSize(1);
    }

    @Test
    void logLevelOfTheSessionIsPutOnEachCall() throws Exception {
        server.behave((_, exchange, request) -> {
            FakeMcpServer.result(exchange, request, DONE);
            return true;
        });
        try (LegacyClient client = LegacyClient.connect(replica.url(), "")) {
            client.post(
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"notice\"}}");
            client.post(DEPLOY);
        }
        assertThat(server.received().getLast().body()).contains("\"io.modelcontextprotocol/logLevel\":\"notice\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"code":-32021,"message":"m","data":{"requiredCapabilities":{"sampling":{}}}} | 200 | needs a client that supports sampling
            400 | {"code":-32020,"message":"no Mcp-Name"} | 200 | refused the headers
            404 | {"code":-32601,"message":"Method not found"} | 200 | -32601
            500 | {"code":-32603,"message":"broken"} | 500 | broken
            """)
    void anErrorOfTheServerIsAnErrorForTheClient(int theirs, String error, int ours, String words) throws Exception {
        server.behave((_, exchange, request) -> {
            FakeMcpServer.send(
                    exchange,
                    theirs,
                    "application/json",
                    "{\"jsonrpc\":\"2.0\",\"id\":" + FakeMcpServer.id(request) + ",\"error\":" + error + "}");
            return true;
        });
        try (LegacyClient client = LegacyClient.connect(replica.url(), "")) {
            HttpResponse<String> answer = client.post(DEPLOY);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(ours);
            assertThat(answer.body()).contains("\"id\":\"c-7\"", words);
        }
    }

    @Test
    void aServerThatRefusesTheRevisionIsAskedAgain() throws Exception {
        server.behave((_, exchange, request) -> {
            FakeMcpServer.send(
                    exchange,
                    400,
                    "application/json",
                    "{\"jsonrpc\":\"2.0\",\"id\":" + FakeMcpServer.id(request)
                            + ",\"error\":{\"code\":-32022,\"message\":\"no\",\"data\":{\"supported\":[\"2027-01-01\"]}}}");
            return true;
        });
        try (LegacyClient client = LegacyClient.connect(replica.url(), "")) {
            assertThat(client.post(DEPLOY).body()).contains("-32603", "repeat it in a moment");
        }
        assertThat(replica.doubted).containsExactly(new ServerName("demo/one"));
    }

    @ParameterizedTest
    @CsvSource({"401, 502", "403, 403", "302, 502", "404, 502", "429, 429", "503, 503", "202, 502"})
    void aStatusWithoutAReplyIsExplained(int theirs, int ours) throws Exception {
        server.behave((_, exchange, _) -> {
            FakeMcpServer.send(exchange, theirs, "text/plain", theirs == 202 ? "" : "internal details");
            return true;
        });
        try (LegacyClient client = LegacyClient.connect(replica.url(), "")) {
            HttpResponse<String> answer = client.post(DEPLOY);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(ours);
            assertThat(answer.body())
                    .contains("\"id\":\"c-7\"", "demo/one", "HTTP " + theirs)
                    .doesNotContain("internal");
        }
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void aConnectionThatBreaksIsNotTriedAgain() throws Exception {
        server.behave((_, exchange, _) -> {
            exchange.close();
            return true;
        });
        try (LegacyClient client = LegacyClient.connect(replica.url(), "")) {
            assertThat(client.post(DEPLOY).statusCode()).isEqualTo(502);
        }
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void aCallThatEnvoyAsksForAgainIsNotMadeAgain() throws Exception {
        server.behave(answering(DONE));
        try (LegacyClient client = LegacyClient.connect(replica.url(), "")) {
            HttpResponse<String> second = client.post(DEPLOY, "X-Envoy-Attempt-Count", "2");

            assertThat(second.statusCode()).isEqualTo(502);
            assertThat(second.body()).contains("\"id\":\"c-7\"", "may have been executed");
            assertThat(server.received()).isEmpty();
            assertThat(client.post(DEPLOY, "X-Envoy-Attempt-Count", "1").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatTheViewHidesIsRefusedByRouterAndBroker() throws Exception {
        try (LegacyClient client = LegacyClient.connect(replica.url(), "")) {
            LegacyClient past = client.at(replica.brokerUrl());
            for (LegacyClient way : List.of(client, past)) {
                assertThat(way.post(DEPLOY, "X-Mcp-Virtualserver", "demo/other", "X-Mcp-Servername", "demo/one")
                                .body())
                        .contains("Unknown tool: one_deploy");
            }
            assertThat(past.post(DEPLOY).body()).as("not the router's decision").contains("does not forward calls");
        }
        assertThat(server.received()).isEmpty();
    }

    @Test
    void aSlowServerDoesNotLeaveTheClientWithoutASign() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        server.behave((_, exchange, request) -> {
            assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
            FakeMcpServer.result(exchange, request, DONE);
            return true;
        });
        try (LegacyClient client = LegacyClient.connect(replica.url(), "")) {
            Call call = client.stream(DEPLOY);

            assertThat(call.lines().next()).startsWith(":");
            seen.countDown();
            assertThat(call.next("c-7")).contains("done");
        }
    }
}
