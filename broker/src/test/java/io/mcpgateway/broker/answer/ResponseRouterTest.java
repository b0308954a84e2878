package io.mcpgateway.broker.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.wire.WatchedAnswers;
import io.mcpgateway.broker.answer.ResponseDecision.Instead;
import io.mcpgateway.broker.answer.ResponseDecision.PassOn;
import io.mcpgateway.broker.answer.ResponseDecision.SessionState;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseRouterTest {
    private static final CallMetadata CALL = message(Optional.of("backend-1"), Optional.of("\"a\""));
    private static final CallMetadata CALL_WITHOUT_SESSION = message(Optional.empty(), Optional.of("7"));
    private static final CallMetadata MODERN = new CallMetadata.Sessionless(
            new ServerKey("ns/one@1"), new Era.Modern("2026-07-28"), Optional.of(new JsonRpcId("\"a\"")));
    private static final CallMetadata REPLY = message(Optional.of("backend-1"), Optional.empty());

    @ParameterizedTest
    @CsvSource({
        // status, session, what the client gets (0: the server's own answer), may be sent again
        "200, KEPT,     0,   false",
        "201, KEPT,     0,   false",
        "202, KEPT,     502, false",
        "204, KEPT,     502, false",
        "205, KEPT,     502, false",
        "301, KEPT,     502, false",
        "302, KEPT,     502, false",
        "307, KEPT,     502, false",
        "308, KEPT,     502, false",
        "400, IN_DOUBT, 0,   false",
        "401, IN_DOUBT, 0,   false",
        "403, KEPT,     0,   false",
        "404, LOST,     200, true",
        "405, KEPT,     0,   false",
        "410, LOST,     200, true",
        "422, KEPT,     0,   false",
        "429, KEPT,     0,   false",
        "500, IN_DOUBT, 0,   false",
        "502, KEPT,     0,   false",
        "503, KEPT,     0,   false",
    })
    void whatTheStatusOfACallMeans(int status, SessionState session, int instead, boolean again) {
        ResponseDecision decision = decide(status, CALL);

        assertThat(decision.session()).isEqualTo(session);
        assertThat(given(decision)).isEqualTo(instead);
        assertThat(decision instanceof Instead other && other.notExecuted()).isEqualTo(again);
    }

    /** What the client would take for its own token was the gateway's business. */
    @Test
    void aRefusalReachesTheClientOnlyWhereItsOwnTokenWent() {
        for (CallAuthorization sent :
                List.of(new CallAuthorization.None(), new CallAuthorization.Shared(new Credential("Bearer hidden")))) {
            for (int status : IntStream.rangeClosed(200, 599).toArray()) {
                ResponseDecision asCaller = decide(status, CALL);
                ResponseDecision decision = ResponseRouter.decideNotAsCaller(json(status), CALL, "ns/one", sent);

                assertThat(decision.session()).as("%d", status).isEqualTo(asCaller.session());
                if (status == 401 || status == 403) {
                    Refusal answer = ((Instead) decision).answer();
                    assertThat(given(asCaller)).as("%d", status).isZero();
                    assertThat(answer.status()).as("%d", status).isEqualTo(502);
                    assertThat(answer.body().toString())
                            .contains("\"id\":\"a\"", "ns/one", "HTTP " + status)
                            .doesNotContain("hidden");
                } else {
                    assertThat(decision).as("%d", status).isEqualTo(asCaller);
                }
            }
        }
    }

    @Test
    void noStatusOfAServerReachesTheClientAsEndOfItsOwnSession() {
        for (CallMetadata message : new CallMetadata[] {CALL, CALL_WITHOUT_SESSION, REPLY}) {
            for (int status : IntStream.rangeClosed(200, 599).toArray()) {
                ResponseDecision decision = decide(status, message);
                int seen =
                        decision instanceof Instead instead ? instead.answer().status() : status;

                assertThat(seen).as("%s after %d", message, status).isNotEqualTo(404);
                assertThat(seen / 100).as("%s after %d", message, status).isNotEqualTo(3);
            }
        }
    }

    @Test
    void onlyAServerWithSessionsCanLoseOne() {
        for (int status : IntStream.rangeClosed(200, 599).toArray()) {
            ResponseDecision decision = decide(status, CALL_WITHOUT_SESSION);

            assertThat(decision.session()).as("%d", status).isEqualTo(SessionState.KEPT);
            assertThat(decision instanceof Instead instead && instead.notExecuted())
                    .as("%d", status)
                    .isFalse();
        }
    }

    @Test
    void aReplyIsFineWithoutAnAnswerAndNeverSentToANewSession() {
        assertThat(decide(202, REPLY)).isEqualTo(ResponseDecision.PASS_ON);
        assertThat(decide(204, REPLY)).isEqualTo(ResponseDecision.PASS_ON);
        assertThat(decide(404, REPLY)).isInstanceOfSatisfying(Instead.class, instead -> {
            assertThat(instead.answer().status()).isEqualTo(400);
            assertThat(instead.session()).isEqualTo(SessionState.LOST);
            assertThat(instead.notExecuted()).isFalse();
        });
    }

    @Test
    void whatTakesThePlaceOfAnAnswerNamesCallAndServer() {
        for (int status : new int[] {202, 307, 404, 410}) {
            assertThat(decide(status, CALL))
                    .isInstanceOfSatisfying(
                            Instead.class,
                            instead -> assertThat(instead.answer().body().toString())
                                    .contains("\"id\":\"a\"", "\"error\"", "server ns/one "));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // status, JSON, what the client gets (0: the server's own answer)
        "200, false, 0",
        "202, true,  502",
        "204, false, 502",
        "205, false, 502",
        "301, false, 502",
        "307, true,  502",
        "400, true,  0",
        "400, false, 0",
        "401, true,  0",
        "403, true,  0",
        "404, true,  0",
        "404, false, 502",
        "410, true,  502",
        "429, true,  0",
        "500, true,  0",
        "503, false, 0",
    })
    void whatTheStatusOfAModernCallMeans(int status, boolean json, int instead) {
        ResponseDecision decision = ResponseRouter.decide(new ServerAnswer(status, json), MODERN, "ns/one");

        assertThat(decision.session()).isEqualTo(SessionState.KEPT);
        assertThat(given(decision)).isEqualTo(instead);
        if (decision instanceof Instead other) {
            assertThat(other.notExecuted()).isFalse();
            assertThat(other.answer().body().toString()).contains("\"id\":\"a\",\"error\":{\"code\":-32603,");
        }
    }

    @Test
    void aModernClientHearsNoCodeOfOldOfACallThatCameToNothing() {
        for (ResponseDecision decision : List.of(
                ResponseRouter.decideNotAsCaller(json(401), MODERN, "ns/one", new CallAuthorization.None()),
                ResponseRouter.timedOut(MODERN, "ns/one", Optional.empty()))) {
            assertThat(((Instead) decision).answer().body().toString())
                    .contains("\"id\":\"a\",\"error\":{\"code\":-32603,");
        }
    }

    /** What Envoy does not show is passed on there, so it has to be passed on everywhere. */
    @Test
    void everyStatusThatMeansSomethingIsWatched() {
        for (int status : IntStream.rangeClosed(200, 599).toArray()) {
            String text = Integer.toString(status);
            boolean always = text.matches(WatchedAnswers.STATUSES);
            if (!always && !text.matches(WatchedAnswers.EMPTY_STATUSES)) {
                assertThat(decide(status, CALL)).as(text).isEqualTo(new PassOn(SessionState.KEPT));
            }
            if (!always && !text.matches(WatchedAnswers.EMPTY_STATUSES)) {
                assertThat(decide(status, MODERN)).as(text).isEqualTo(ResponseDecision.PASS_ON);
            }
            if (!always) {
                assertThat(decide(status, REPLY)).as(text).isEqualTo(new PassOn(SessionState.KEPT));
            }
        }
    }

    private static ResponseDecision decide(int status, CallMetadata message) {
        return ResponseRouter.decide(json(status), message, "ns/one");
    }

    private static ServerAnswer json(int status) {
        return new ServerAnswer(status, true);
    }

    private static int given(ResponseDecision decision) {
        return decision instanceof Instead instead ? instead.answer().status() : 0;
    }

    private static CallMetadata message(Optional<String> session, Optional<String> id) {
        return new CallMetadata.InSession(
                "token",
                new GatewaySessionId("jti"),
                new ServerKey("ns/one@1"),
                new ServerSession(session, "2025-11-25"),
                id.map(JsonRpcId::new));
    }
}
