package io.mcpgateway.broker.bridge;

import static io.mcpgateway.broker.bridge.LegacyClient.DEPLOY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.bridge.LegacyClient.Call;
import io.mcpgateway.broker.client.FakeMcpServer;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a modern server asks for, as questions to a legacy client. */
class BridgedQuestionsTest extends BridgedPath {
    private static final String FORM =
            "{\"resultType\":\"input_required\",\"inputRequests\":{\"sure?\":{\"method\":\"elicitation/create\",\"params\":"
                    + "{\"message\":\"sure?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}}}}},"
                    + "\"requestState\":\"sealed \\u00e9\"}";
    private static final String ACCEPT = "\"result\":{\"action\":\"accept\",\"content\":{\"n\":1.0}}}";

    @Test
    void aServersQuestionReachesTheClientAndItsReplyTheServer() throws Exception {
        server.behave((_, exchange, request) -> {
            FakeMcpServer.result(exchange, request, request.body().contains("inputResponses") ? DONE : FORM);
            return true;
        });
        try (LegacyClient client = LegacyClient.connect(replica.url(), "\"elicitation\":{}")) {
            Call call = client.stream(DEPLOY);
            String id = call.asked("elicitation/create");
            HttpResponse<String> posted = client.post("{ \"jsonrpc\":\"2.0\", \"id\":\"" + id + "\"," + ACCEPT);

            assertThat(posted.statusCode()).as(posted.body()).isEqualTo(202);
            assertThat(call.next("c-7")).contains("done");
            assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\"," + ACCEPT)
                            .statusCode())
                    .as("a second reply")
                    .isEqualTo(400);
        }
        assertThat(server.received()).hasSize(2);
        assertThat(server.received().getLast().body())
                .contains("\"inputResponses\":{\"sure?\":{\"action\":\"accept\",\"content\":{\"n\":1.0}}}")
                .contains("\"requestState\":\"sealed \\u00e9\"", "\"name\":\"deploy\"");
        assertThat(FakeMcpServer.id(server.received().getFirst()))
                .isNotEqualTo(FakeMcpServer.id(server.received().getLast()));
    }

    @Test
    void severalQuestionsMayBeAnsweredInAnyOrder() throws Exception {
        String both = "{\"resultType\":\"input_required\",\"inputRequests\":{\"a\":{\"method\":\"roots/list\"},"
                + "\"b\":{\"method\":\"sampling/createMessage\",\"params\":{\"messages\":[],\"maxTokens\":1}}}}";
        server.behave((_, exchange, request) -> {
            FakeMcpServer.result(exchange, request, request.body().contains("inputResponses") ? DONE : both);
            return true;
        });
        try (LegacyClient client = LegacyClient.connect(replica.url(), "\"roots\":{},\"sampling\":{}")) {
            Call call = client.stream(DEPLOY);
            String roots = call.asked("roots/list");
            String sampling = call.asked("sampling/createMessage");
            client.post("{\"jsonrpc\":\"2.0\",\"id\":\"" + sampling + "\",\"result\":{\"model\":\"m\"}}");
            client.post("{\"jsonrpc\":\"2.0\",\"id\":\"" + roots + "\",\"result\":{\"roots\":[]}}");

            assertThat(call.next("c-7")).contains("done");
        }
        assertThat(server.received().getLast().body())
                .contains("\"inputResponses\":{\"a\":{\"roots\":[]},\"b\":{\"model\":\"m\"}}")
                .doesNotContain("requestState");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "result":{"action":"decline"} | "sure?":{"action":"decline"}
            "error":{"code":-32601,"message":"no"} | "sure?":{"action":"cancel"}
            """)
    void aClientThatDeclinesHasAnswered(String reply, String response) throws Exception {
        server.behave((_, exchange, request) -> {
            FakeMcpServer.result(exchange, request, request.body().contains("inputResponses") ? DONE : FORM);
            return true;
        });
        try (LegacyClient client = LegacyClient.connect(replica.url(), "\"elicitation\":{}")) {
            Call call = client.stream(DEPLOY);
            client.post("{\"jsonrpc\":\"2.0\",\"id\":\"" + call.asked("elicitation/create") + "\"," + reply + "}");

            assertThat(call.next("c-7")).contains("done");
        }
        assertThat(server.received().getLast().body()).contains(response);
    }

    @Test
    void aClientThatDoesNotSupportTheQuestionNeverSeesIt() throws Exception {
        server.behave(answering(FORM));
        try (LegacyClient client = LegacyClient.connect(replica.url(), "\"roots\":{}")) {
            HttpResponse<String> answer = client.post(DEPLOY);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("\"id\":\"c-7\"", "-32603", "does not support: elicitation.form")
                    .doesNotContain("elicitation/create");
        }
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void aClientThatTakesNoStreamIsNotAskedAndGetsJson() throws Exception {
        server.behave((_, exchange, request) -> {
            OutputStream out = stream(exchange);
            event(out, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}");
            event(out, FakeMcpServer.reply(request, request.body().contains("\"elicitation\"") ? DONE : FORM));
            exchange.close();
            return true;
        });
        try (LegacyClient client = LegacyClient.connect(replica.url(), "\"elicitation\":{}")) {
            HttpResponse<String> answer = client.post(DEPLOY, "Accept", "application/json");

            assertThat(answer.headers().firstValue("content-type")).contains("application/json");
            assertThat(answer.body()).contains("-32603", "must accept text/event-stream");
        }
    }

    @Test
    void aServerThatNeverStopsAskingFails() throws Exception {
        server.behave(answering("{\"resultType\":\"input_required\",\"requestState\":\"again\"}"));
        try (LegacyClient client = LegacyClient.connect(replica.url(), "")) {
            assertThat(client.stream(DEPLOY).next("c-7")).contains("-32603", "more than 10 times");
        }
        assertThat(server.received()).hasSize(11);
    }

    @Test
    void aClientThatDoesNotReplyEndsTheCallAtItsLimit() throws Exception {
        replica.close();
        replica = replica("replica-1", Optional.of(Duration.ofSeconds(2)));
        server.behave(answering(FORM));
        try (LegacyClient client = LegacyClient.connect(replica.url(), "\"elicitation\":{}")) {
            Call call = client.stream(DEPLOY);
            String id = call.asked("elicitation/create");

            assertThat(call.next("notifications/cancelled")).contains("\"requestId\":\"" + id + "\"");
            assertThat(call.next("c-7")).contains("-32603", "did not reply within");
        }
    }

    @Test
    void replyAndCancellationMayArriveAtAnotherReplica() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        server.behave((_, exchange, request) -> {
            if (!request.body().contains("inputResponses")) {
                FakeMcpServer.result(exchange, request, FORM);
                return true;
            }
            OutputStream out = stream(exchange);
            event(out, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}");
            awaitEnd(out, ended);
            return true;
        });
        try (TestReplica other = replica("replica-2", Optional.empty());
                LegacyClient client = LegacyClient.connect(replica.url(), "\"elicitation\":{}")) {
            Call call = client.stream(DEPLOY);
            String id = call.asked("elicitation/create");
            LegacyClient elsewhere = client.at(other.url());

            assertThat(elsewhere
                            .post("{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\"," + ACCEPT)
                            .statusCode())
                    .isEqualTo(202);
            call.next("progress");
            elsewhere.post(cancelOf("\"c-7\""));

            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(call.rest()).isEmpty();
        }
    }

    @Test
    void aReplyOfAnotherSessionIsRefused() throws Exception {
        server.behave(answering(FORM));
        try (LegacyClient client = LegacyClient.connect(replica.url(), "\"elicitation\":{}");
                LegacyClient thief = LegacyClient.connect(replica.url(), "\"elicitation\":{}")) {
            String id = client.stream(DEPLOY).asked("elicitation/create");
            String reply = "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\"," + ACCEPT;

            assertThat(thief.post(reply).statusCode()).isEqualTo(400);
            assertThat(thief.at(replica.brokerUrl()).post(reply).body()).contains("does not match a request");
        }
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void aSessionMakesOnlySoManyCallsAtATimeButItsRepliesAlwaysArrive() throws Exception {
        server.behave((_, exchange, request) -> {
            FakeMcpServer.result(exchange, request, request.body().contains("inputResponses") ? DONE : FORM);
            return true;
        });
        try (LegacyClient client = LegacyClient.connect(replica.url(), "\"elicitation\":{}")) {
            List<Call> calls =
                    List.of(client.stream(DEPLOY), client.stream(DEPLOY), client.stream(DEPLOY), client.stream(DEPLOY));

            assertThat(client.post(DEPLOY).statusCode()).isEqualTo(429);
            for (Call call : calls) {
                client.post("{\"jsonrpc\":\"2.0\",\"id\":\"" + call.asked("elicitation/create") + "\"," + ACCEPT);
                assertThat(call.next("c-7")).contains("done");
            }
            await().untilAsserted(() ->
                    assertThat(client.stream(DEPLOY).response().statusCode()).isEqualTo(200));
        }
    }
}
