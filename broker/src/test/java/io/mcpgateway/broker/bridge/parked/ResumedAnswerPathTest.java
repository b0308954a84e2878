package io.mcpgateway.broker.bridge.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.client.FakeMcpServer;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of modern clients whose server ends the stream before the reply, and wants to be asked for the rest. */
class ResumedAnswerPathTest extends LegacyServerPath {
    private final PollableServer pollable = new PollableServer(asking);

    @BeforeEach
    void pollable() {
        server.behave(pollable);
        // Nobody listens to the session's own stream for a client that cannot be asked: each GET is one for the rest.
        client = client.as(ALICE, "");
    }

    @Test
    void theRestIsAskedForAndTheCallNotMadeAgain() throws Exception {
        asking.does(PollableServer.sends(PollableServer.PRIMING + PollableServer.progress("e1", 1)));
        pollable.then(PollableServer.progress("e2", 2) + PollableServer.reply(2));

        HttpResponse<String> answer = client.call("tools/call", ModernClient.DEPLOY, ",\"progressToken\":7");

        assertThat(answer.body().lines().filter(line -> line.startsWith("data:")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"progress\":1"),
                        second -> assertThat(second).contains("\"progress\":2"),
                        last -> assertThat(last).contains("\"id\":\"c-1\"", "\"resultType\":\"complete\"", "done"));
        assertThat(calls()).isEqualTo(1);
        assertThat(PollableServer.resumedFrom(server)).containsExactly("e1");
        FakeMcpServer.Received get = server.received().getLast();
        assertThat(get.headers())
                .containsEntry("mcp-session-id", "backend-1")
                .containsEntry("mcp-protocol-version", "2025-11-25")
                .containsEntry("authorization", ALICE)
                .containsEntry("mcp-init-host", "one.mcp.local")
                .containsEntry("x-mcp-toolname", "deploy")
                .containsEntry("accept", "text/event-stream")
                .containsKey("router-key");
    }

    @Test
    void anEventWithoutMessageIsAPlaceToGoOnFrom() throws Exception {
        asking.does(PollableServer.sends("id: e0\n\n"));
        pollable.then(PollableServer.reply(2));

        assertThat(client.deploy().body()).contains("done");
        assertThat(PollableServer.resumedFrom(server)).containsExactly("e0");
    }

    @Test
    void aConnectionThatBreaksIsNoEndEither() throws Exception {
        pollable.then(PollableServer.reply(2));
        server.behave((_, exchange, request) -> {
            if (!request.method().equals("tools/call")) {
                return pollable.answer(server, exchange, request);
            }
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 1000);
            String ping = PollableServer.event("e1", "\"id\":8,\"method\":\"ping\"");
            exchange.getResponseBody().write(ping.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            // Who replies has read the event.
            await().until(() -> replies().size() == 1);
            exchange.close();
            return true;
        });

        assertThat(client.deploy().body()).contains("done");
        assertThat(PollableServer.resumedFrom(server)).containsExactly("e1");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aServerMayEndSeveralStreams() throws Exception {
        asking.does(PollableServer.sends("retry: 10\n" + PollableServer.PRIMING));
        pollable.then(PollableServer.progress("e1", 1))
                .then("")
                .then(": nothing yet\n\n")
                .then(PollableServer.reply(2));

        assertThat(client.deploy().body()).contains("done");
        assertThat(PollableServer.resumedFrom(server)).containsExactly("e0", "e1", "e1", "e1");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aStreamThatStaysOpenIsClosedAfterTheReply() throws Exception {
        asking.does(PollableServer.sends(PollableServer.PRIMING));
        pollable.then(exchange -> {
            PollableServer.begin(exchange);
            OutputStream out = exchange.getResponseBody();
            out.write(PollableServer.reply(2).getBytes(StandardCharsets.UTF_8));
            out.flush();
            server.hang();
        });

        assertThat(client.deploy().body()).contains("done");
        await().until(() -> broker.calls.count() == 0);
    }

    @Test
    void aReplyToAnotherRequestIsNotTheCalls() throws Exception {
        asking.does(PollableServer.sends(PollableServer.PRIMING));
        pollable.then(PollableServer.event("e1", "\"id\":99,\"result\":{\"content\":[\"of somebody else\"]}"))
                .then(PollableServer.reply(2));

        assertThat(client.deploy().body()).contains("done").doesNotContain("somebody");
    }

    @Test
    void aQuestionFromBeforeTheEndIsAnsweredAndTheRestReachesTheClientsNextRequest() throws Exception {
        client = client.as(ALICE, ELICITATION);
        // The first GET is for the session's own stream, since this client can be asked.
        pollable.thenStatus(405);
        asking.does(talk -> {
            talk.out().write(PollableServer.PRIMING.getBytes(StandardCharsets.UTF_8));
            talk.form("8");
        });
        pollable.then(exchange -> {
            await().until(() -> replies().size() == 1);
            PollableServer.begin(exchange);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(PollableServer.reply(2).getBytes(StandardCharsets.UTF_8));
            }
        });

        HttpResponse<String> asked = client.deploy();
        HttpResponse<String> answer = client.deploy(responses(state(asked), "\"q1\":" + ACCEPT));

        assertThat(answer.body()).contains("done");
        assertThat(replies()).singleElement().asString().contains("\"id\":8", "accept");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aServerThatDoesNotSendTheRestFailsTheCallOnce() throws Exception {
        asking.does(PollableServer.sends(PollableServer.PRIMING));
        pollable.thenStatus(405);
        HttpResponse<String> answer = client.deploy();

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body())
                .contains(
                        "-32603",
                        "the event stream ended without a response, and the server does not send the rest",
                        "the call may have been executed");
        assertThat(PollableServer.resumedFrom(server)).hasSize(1);
        assertThat(calls()).isEqualTo(1);
    }

    /** The call itself was looked at, so a new session must not bring it to the server again. */
    @Test
    void aSessionThatIsLostMeanwhileDoesNotRepeatTheCall() throws Exception {
        asking.does(PollableServer.sends(PollableServer.PRIMING));
        pollable.thenStatus(404);

        assertThat(client.deploy().body()).contains("the call may have been executed");
        assertThat(calls()).isEqualTo(1);
        assertThat(server.count("initialize")).isEqualTo(1);
    }

    @Test
    void aServerInTroubleIsAskedSomeTimes() throws Exception {
        asking.does(PollableServer.sends(PollableServer.PRIMING));
        pollable.thenStatus(503).thenStatus(409).then(PollableServer.reply(2));
        assertThat(client.deploy().body()).contains("done");

        asking.does(PollableServer.sends(PollableServer.PRIMING));
        for (int i = 0; i < 9; i++) {
            pollable.thenStatus(503);
        }
        assertThat(client.deploy().statusCode()).isEqualTo(502);
        assertThat(PollableServer.resumedFrom(server))
                .as("three, and five in a row")
                .hasSize(8);
    }

    @Test
    void eventsWithoutIdsCannotBeResumed() throws Exception {
        asking.does(PollableServer.sends("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}\n\n"));

        assertThat(client.deploy().body()).contains("the event stream ended without a response");
        assertThat(server.countHttp("GET")).isZero();
    }

    @Test
    void withoutASessionNothingIsResumed() throws Exception {
        server.sessionId("");
        asking.does(PollableServer.sends(PollableServer.PRIMING));

        assertThat(client.deploy().body()).contains("the event stream ended without a response");
        assertThat(server.countHttp("GET")).isZero();
    }

    @Test
    void aClientThatLeavesMeanwhileCancelsTheCall() throws Exception {
        asking.does(PollableServer.sends(PollableServer.PRIMING));
        pollable.then(exchange -> {
            PollableServer.begin(exchange);
            exchange.getResponseBody().flush();
            server.hang();
        });
        CompletableFuture<HttpResponse<String>> answer = client.later("tools/call", ModernClient.DEPLOY, "");
        await().until(() -> server.countHttp("GET") == 1);
        answer.cancel(true);

        await().untilAsserted(() ->
                assertThat(asking.cancelled).singleElement().asString().contains("\"requestId\":2"));
        await().until(() -> broker.calls.count() == 0);
        assertThat(server.countHttp("GET")).isEqualTo(1);
    }
}
