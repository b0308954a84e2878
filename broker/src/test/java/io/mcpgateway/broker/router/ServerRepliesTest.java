package io.mcpgateway.broker.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.catalog.CapabilityCatalog;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.MessageSpans;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.RouteDecision.AnswerServerRequest;
import io.mcpgateway.broker.router.RouteDecision.Forward;
import io.mcpgateway.broker.router.RouteDecision.Reject;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionVerdict;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a server's request to the client's reply and back, without anything in between being remembered. */
class ServerRepliesTest {
    private static final ServerRequestIds IDS = ServerRequestIds.withKey(new byte[32]);
    private static final Router ROUTER = new Router("mcp.example.com", 100_000, IDS);
    private static final ServerRoute ONE = new ServerRoute(
            new ServerName("ns/one"), "one.mcp.local", "/custom?x=1", URI.create("http://one.svc/custom?x=1"));
    private static final RouteTable TABLE = RouteTable.of(CapabilityCatalog.EMPTY, List.of(ONE), List.of());
    private static final ServerSession SERVER_SESSION = new ServerSession(Optional.of("backend-1"), "2025-06-18");

    @ParameterizedTest
    @ValueSource(strings = {"0", "\"x-1\"", "12345678901234567890"})
    void theServerGetsTheReplyWithItsOwnIdAndNothingElseChanged(String id) {
        String request =
                "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"elicitation/create\",\"params\":{\"id\":5}}";
        RawJson asked = messages("s1").forClient(RawJson.of(request));
        assertThat(asked.toString()).contains("\"params\":{\"id\":5}}").doesNotContain("\"id\":" + id + ",");
        String clientId = clientId(asked);
        String reply = "{ \"result\":{\"id\":1.0,\"content\":{\"a\" : [12345678901234567890]}},\"id\": %s"
                + " ,\"jsonrpc\":\"2.0\"}";

        AnswerServerRequest answer = (AnswerServerRequest) decide("s1", reply.formatted(clientId), TABLE);
        Forward forward = (Forward) ROUTER.completeReply(answer, Optional.of(SERVER_SESSION));

        assertThat(forward.server()).isEqualTo(ONE);
        assertThat(forward.body())
                .hasValueSatisfying(body -> assertThat(body.toString()).isEqualTo(reply.formatted(id)));
        assertThat(forward.edits().set())
                .containsEntry(":authority", "one.mcp.local")
                .containsEntry(":path", "/custom?x=1")
                .containsEntry("mcp-session-id", "backend-1")
                .containsEntry("mcp-protocol-version", "2025-06-18")
                .containsEntry("x-mcp-servername", "ns/one")
                .doesNotContainKey("x-mcp-toolname");
        assertThat(forward.edits().remove()).contains("x-mcp-virtualserver", "x-mcp-toolname");
        assertThat(forward.metadata()).isInstanceOfSatisfying(CallMetadata.InSession.class, message -> {
            assertThat(message.clientToken()).isEqualTo("token");
            assertThat(message.serverSession()).isEqualTo(SERVER_SESSION);
        });
    }

    @Test
    void aCancellationByTheServerNamesTheSameId() {
        RawJson request = messages("s1")
                .forClient(RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"sampling/createMessage\"}"));
        RawJson cancelled = messages("s1")
                .forClient(RawJson.of(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":4}}"));

        String id = clientId(request);
        assertThat(cancelled.toString())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id
                        + "}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{\"requestId\":1}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"requestId\":4,\"progressToken\":1}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":{\"id\":1}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}"
            })
    void otherMessagesStayAsTheyAre(String message) {
        assertThat(messages("s1").forClient(RawJson.of(message))).isEqualTo(RawJson.of(message));
    }

    @Test
    void aReplyInAnotherSessionOrWithAForeignIdIsRefused() {
        String id =
                clientId(messages("s1").forClient(RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"ping\"}")));

        for (RouteDecision decision : List.of(
                decide("s2", "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}", TABLE),
                decide("s1", "{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{}}", TABLE),
                decide("s1", "{\"jsonrpc\":\"2.0\",\"id\":\"mcpgw1.AAAA.BBBB\",\"error\":{}}", TABLE))) {
            assertThat(decision).isInstanceOfSatisfying(Reject.class, reject -> {
                assertThat(reject.answer().status()).isEqualTo(400);
                assertThat(reject.answer().body().toString())
                        .contains("does not match a request")
                        .doesNotContain("\"id\"");
            });
        }
    }

    @Test
    void aReplyForAServerThatLeftOrHasANewSessionIsRefused() {
        String id =
                clientId(messages("s1").forClient(RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"ping\"}")));
        String reply = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}";
        AnswerServerRequest answer = (AnswerServerRequest) decide("s1", reply, TABLE);

        for (RouteDecision decision : List.of(
                decide("s1", reply, RouteTable.EMPTY),
                ROUTER.completeReply(answer, Optional.empty()),
                ROUTER.completeReply(answer, Optional.of(new ServerSession(Optional.of("backend-2"), "2025-06-18"))))) {
            assertThat(decision).isInstanceOfSatisfying(Reject.class, reject -> {
                assertThat(reject.answer().status()).isEqualTo(400);
                assertThat(reject.answer().body().toString()).contains("has ended the session");
            });
        }
    }

    @Test
    void withoutAUsableSessionTheReplyIsRefusedAsACallIs() {
        String reply = "{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{}}";

        assertThat(decide(new SessionVerdict.Missing(), reply, TABLE))
                .isInstanceOfSatisfying(
                        Reject.class,
                        reject -> assertThat(reject.answer().status()).isEqualTo(400));
        assertThat(decide(new SessionVerdict.Revoked(), reply, TABLE))
                .isInstanceOfSatisfying(
                        Reject.class,
                        reject -> assertThat(reject.answer().status()).isEqualTo(404));
    }

    private static String clientId(RawJson request) {
        return MessageSpans.read(request).id().orElseThrow().json();
    }

    private static ServerMessages messages(String session) {
        return new ServerMessages(IDS, new RequestOrigin(new GatewaySessionId(session), ONE.key(), SERVER_SESSION));
    }

    private static RouteDecision decide(String session, String body, RouteTable table) {
        return decide(
                new SessionVerdict.Valid(new GatewaySession(
                        new GatewaySessionId(session),
                        Instant.MAX,
                        CallerBinding.ANONYMOUS,
                        Optional.empty(),
                        "2025-11-25",
                        ClientFeatures.NONE)),
                body,
                table);
    }

    private static RouteDecision decide(SessionVerdict verdict, String body, RouteTable table) {
        RequestHead head = new RequestHead(
                "POST",
                "mcp.example.com",
                "/mcp",
                RequestHeaders.of(Map.of(
                        "content-type",
                        List.of("application/json"),
                        "mcp-session-id",
                        List.of("token"),
                        "x-mcp-toolname",
                        List.of("spoofed"),
                        "x-mcp-virtualserver",
                        List.of("ns/vs"))));
        return ROUTER.decide(
                head,
                RawJson.of(body),
                new RouterFacts(
                        CallerBinding.ANONYMOUS,
                        verdict,
                        new RouterTokenVerdict.Absent(),
                        Authorization.EVERYTHING,
                        table));
    }
}
