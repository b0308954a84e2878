package io.mcpgateway.broker.bridge.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.client.FakeMcpServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Calls of modern clients to a legacy server that asks them something. */
class ParkedCallsPathTest extends LegacyServerPath {
    @Test
    void theServersQuestionIsAnsweredByTheRetryAndTheCallRunsOnce() throws Exception {
        asking.does(talk -> {
            talk.form("\"s-1\"");
            talk.result("{\"content\":[],\"structuredContent\":" + talk.reply() + "}");
        });
        HttpResponse<String> asked = client.deploy();

        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.body())
                .contains(
                        "\"id\":\"c-1\"",
                        "\"resultType\":\"input_required\"",
                        "\"inputRequests\":{\"q1\":{\"method\":\"elicitation/create\",\"params\":{\"message\":\"sure?\"");
        HttpResponse<String> answer = client.deploy(responses(state(asked), "\"q1\":" + ACCEPT));

        assertThat(answer.body())
                .contains(
                        "\"id\":\"c-2\"",
                        "\"resultType\":\"complete\"",
                        "\"structuredContent\":{\"jsonrpc\":\"2.0\",\"id\":\"s-1\",\"result\":" + ACCEPT + "}");
        assertThat(calls()).isEqualTo(1);
        assertThat(server.count("initialize")).isEqualTo(1);
        await().until(() -> broker.calls.count() == 0 && broker.places.count() == 0);
    }

    @Test
    void aServerMayAskAgain() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.reply();
            talk.send("\"id\":2,\"method\":\"roots/list\"");
            talk.reply();
            talk.done();
        });
        client = client.as(ALICE, ELICITATION + ",\"roots\":{}");
        HttpResponse<String> first = client.deploy();
        HttpResponse<String> second = client.deploy(responses(state(first), "\"q1\":" + ACCEPT));
        assertThat(second.body()).contains("\"inputRequests\":{\"q2\":{\"method\":\"roots/list\",\"params\":{}}}");
        HttpResponse<String> answer = client.deploy(responses(state(second), "\"q2\":{\"roots\":[]}"));

        assertThat(answer.body()).contains("done");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void questionsAtOnceAreOneRoundAndWhatIsMissingIsAskedAgain() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.form("2");
            String replies = talk.reply() + talk.reply();
            talk.result("{\"content\":[],\"_meta\":{\"n\":" + replies.length() + "}}");
        });
        HttpResponse<String> first = client.deploy();
        assertThat(first.body()).contains("\"q1\":{", "\"q2\":{");
        HttpResponse<String> second = client.deploy(responses(state(first), "\"q2\":" + ACCEPT + ",\"other\":{}"));
        assertThat(second.body()).contains("\"q1\":{").doesNotContain("\"q2\":{");
        HttpResponse<String> answer = client.deploy(responses(state(second), "\"q1\":{\"action\":\"decline\"}"));

        assertThat(answer.body()).contains("\"resultType\":\"complete\"");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void whatTheClientDoesNotSupportIsDeclinedAtOnce() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.result("{\"content\":[],\"structuredContent\":" + talk.reply() + "}");
        });
        HttpResponse<String> answer = client.as(ALICE, "\"roots\":{}").deploy();

        assertThat(answer.body()).contains("\"result\":{\"action\":\"decline\"}", "\"resultType\":\"complete\"");
    }

    @Test
    void pingsAreAnsweredAndOtherRequestsRefused() throws Exception {
        asking.does(talk -> {
            talk.send("\"id\":1,\"method\":\"ping\"");
            String pong = talk.reply();
            talk.send("\"id\":2,\"method\":\"tasks/list\"");
            talk.result("{\"content\":[],\"structuredContent\":[" + pong + "," + talk.reply() + "]}");
        });

        assertThat(client.deploy().body()).contains("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", "-32601");
    }

    @Test
    void progressAfterTheRetryHasTheTokenOfTheRetry() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.reply();
            talk.send("\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"a\",\"progress\":1}");
            talk.done();
        });
        HttpResponse<String> asked = client.call("tools/call", ModernClient.DEPLOY, ",\"progressToken\":\"a\"");
        HttpResponse<String> answer = client.call(
                "tools/call",
                ModernClient.DEPLOY + "," + responses(state(asked), "\"q1\":" + ACCEPT),
                ",\"progressToken\":\"b\"");

        assertThat(answer.body()).contains("{\"progressToken\":\"b\",\"progress\":1}");
    }

    @Test
    void aServerThatFinishesWhileTheClientIsAwayHasItsAnswerKept() throws Exception {
        CountDownLatch away = new CountDownLatch(1);
        asking.does(talk -> {
            talk.form("1");
            away.await();
            talk.send("\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}");
            talk.done();
        });
        HttpResponse<String> asked = client.deploy();
        away.countDown();
        await().until(() -> asking.finished.get() == 1);
        HttpResponse<String> answer = client.deploy(responses(state(asked), "\"q1\":" + ACCEPT));

        assertThat(answer.body()).contains("done");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aClientThatStaysAwayHasItsCallCancelled() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.hang();
        });
        HttpResponse<String> asked = client.deploy();
        pass(PATIENCE.minusSeconds(1));
        broker.calls.sweep();
        assertThat(asking.cancelled).isEmpty();
        pass(Duration.ofSeconds(1));
        broker.calls.sweep();

        await().untilAsserted(() ->
                assertThat(asking.cancelled).singleElement().asString().contains("\"requestId\":2"));
        await().untilAsserted(() -> assertThat(asking.abandoned).hasValue(1));
        assertThat(broker.places.count()).isZero();
        assertThat(client.deploy(responses(state(asked), "\"q1\":" + ACCEPT)).body())
                .contains("-32603", "\"reason\":\"callExpired\"");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aStateIsGoodForOneRequestOfOneCallerAndForOneCall() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.reply();
            talk.form("2");
            talk.reply();
            talk.done();
        });
        String state = state(client.deploy());
        String inputs = responses(state, "\"q1\":" + ACCEPT);

        assertThat(client.as("Bearer bob", ELICITATION).deploy(inputs).body()).contains("-32602", "does not belong");
        assertThat(client.call("tools/call", "\"name\":\"one_deploy\",\"arguments\":{}," + inputs, "")
                        .body())
                .contains("-32602", "does not belong");
        assertThat(client.deploy(responses(state.substring(0, state.length() - 2) + "AA", "\"q1\":" + ACCEPT))
                        .body())
                .contains("-32602", "does not belong");
        HttpResponse<String> second = client.deploy(inputs);
        assertThat(second.body()).contains("\"q2\":{");
        assertThat(client.deploy(inputs).body()).contains("-32602", "was used already");
        assertThat(client.deploy(responses(state(second), "\"q2\":" + ACCEPT)).body())
                .contains("done");
        assertThat(client.deploy(inputs).body()).contains("-32603", "\"reason\":\"callLost\"");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void anotherReplicaPassesTheRetryOn() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.reply();
            talk.send("\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"a\",\"progress\":1}");
            talk.form("2");
            talk.reply();
            talk.done();
        });
        try (ParkingBroker other = new ParkingBroker(server, now::get)) {
            ModernClient there = client.at(other.url());
            HttpResponse<String> first = client.deploy();
            HttpResponse<String> second = there.call(
                    "tools/call",
                    ModernClient.DEPLOY + "," + responses(state(first), "\"q1\":" + ACCEPT),
                    ",\"progressToken\":\"b\"");
            assertThat(second.headers().firstValue("content-type")).contains("text/event-stream");
            assertThat(second.body()).contains("\"progressToken\":\"b\"", "\"q2\":{");

            assertThat(there.deploy(responses(state(second), "\"q2\":" + ACCEPT))
                            .body())
                    .contains("done");
            assertThat(there.deploy(responses(state(first), "\"q1\":" + ACCEPT)).body())
                    .contains("\"reason\":\"callLost\"");
        }
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aCallWhoseReplicaIsGoneIsLostAndNotStartedAgain() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.hang();
        });
        String inputs;
        ParkingBroker gone = new ParkingBroker(server, now::get);
        try (gone) {
            inputs = responses(state(client.at(gone.url()).deploy()), "\"q1\":" + ACCEPT);
        }

        assertThat(client.deploy(inputs).body()).contains("-32603", "\"reason\":\"callLost\"", "start it again");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aClientThatLeavesTheOtherReplicaCancelsTheCall() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.reply();
            talk.hang();
        });
        try (ParkingBroker other = new ParkingBroker(server, now::get)) {
            String inputs = responses(state(client.deploy()), "\"q1\":" + ACCEPT);
            CompletableFuture<HttpResponse<String>> retry =
                    client.at(other.url()).later("tools/call", ModernClient.DEPLOY + "," + inputs, "");
            await().until(() -> replies().size() == 1);
            retry.cancel(true);

            await().untilAsserted(() -> assertThat(asking.cancelled).hasSize(1));
        }
    }

    @Test
    void aCallerCanLetOnlySoManyCallsWait() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.hang();
        });
        for (int call = 0; call < ParkingBroker.LIMITS.perCaller(); call++) {
            assertThat(client.deploy().body()).contains("input_required");
        }
        HttpResponse<String> refused = client.deploy();

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("the limit is 2", "\"reason\":\"tooMany\"", "may have been executed");
        await().untilAsserted(() -> assertThat(asking.cancelled).hasSize(1));
        assertThat(client.as("Bearer bob", ELICITATION).deploy().body()).contains("input_required");
    }

    @Test
    void aReplyThatDoesNotReachTheServerEndsTheCall() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.hang();
        });
        HttpResponse<String> asked = client.deploy();
        server.behave((_, exchange, request) -> {
            boolean reply = request.http().equals("POST") && request.method().isEmpty();
            if (reply) {
                FakeMcpServer.send(exchange, 404, "text/plain", "");
            }
            return reply || asking.answer(server, exchange, request);
        });

        assertThat(client.deploy(responses(state(asked), "\"q1\":" + ACCEPT)).body())
                .contains("-32603", "\"reason\":\"inputNotDelivered\"");
        await().until(() -> broker.calls.count() == 0);
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aClientThatLeavesDuringTheRetryCancelsTheCall() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.reply();
            talk.hang();
        });
        HttpResponse<String> asked = client.deploy();
        CompletableFuture<HttpResponse<String>> retry =
                client.later("tools/call", ModernClient.DEPLOY + "," + responses(state(asked), "\"q1\":" + ACCEPT), "");
        await().until(() -> replies().size() == 1);
        retry.cancel(true);

        await().untilAsserted(() -> assertThat(asking.cancelled).hasSize(1));
        await().untilAsserted(() -> assertThat(asking.abandoned).hasValue(1));
    }

    @Test
    void urlsThatTheServerRequiresComeFirst() throws Exception {
        server.behave((_, exchange, request) -> {
            boolean first = request.method().equals("tools/call") && calls() == 1;
            if (first) {
                FakeMcpServer.send(
                        exchange,
                        200,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"id\":" + FakeMcpServer.id(request)
                                + ",\"error\":{\"code\":-32042,\"message\":\"log in\",\"data\":{\"elicitations\":["
                                + "{\"mode\":\"url\",\"elicitationId\":\"e\",\"url\":\"https://a.example\","
                                + "\"message\":\"go\"}]}}}");
            }
            return first || asking.answer(server, exchange, request);
        });
        HttpResponse<String> asked = client.deploy();
        assertThat(asked.body()).contains("\"q1\":{\"method\":\"elicitation/create\"", "https://a.example");
        assertThat(client.deploy(responses(state(asked), "\"q1\":{\"action\":\"decline\"}"))
                        .body())
                .contains("-32603", "\"reason\":\"declined\"");
        assertThat(calls()).isEqualTo(1);
        assertThat(client.deploy(responses(state(asked), "\"q1\":{\"action\":\"accept\"}"))
                        .body())
                .contains("done");
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    void theEndOfTheBrokerIsToldToClientsAndServers() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.hang();
        });
        client.deploy();
        asking.does(AskingServer.Talk::hang);
        CompletableFuture<HttpResponse<String>> waiting = client.later("tools/call", ModernClient.DEPLOY, "");
        await().until(() -> calls() == 2);
        broker.calls.close();

        assertThat(waiting.get().body()).contains("\"reason\":\"gatewayStops\"");
        assertThat(asking.cancelled).hasSize(2);
        assertThat(server.countHttp("DELETE")).isEqualTo(1);
    }
}
