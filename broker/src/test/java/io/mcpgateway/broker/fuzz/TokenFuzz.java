package io.mcpgateway.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.router.RequestOrigin;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.session.SessionVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whatever stands where something signed is expected: nothing throws, and nothing but what was issued is accepted. */
public final class TokenFuzz {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final GatewaySessionId ID = new GatewaySessionId("6f1c");
    private static final String HOST = "one.mcp.local";
    private static final SessionTokens SESSIONS = SessionTokens.withKey(KEY);
    private static final RouterTokens ROUTER = RouterTokens.withKey(KEY);
    private static final ServerRequestIds REQUESTS = ServerRequestIds.withKey(KEY);

    private static final String SESSION = SESSIONS.issue(
            new GatewaySession(
                    ID,
                    NOW.plusSeconds(60),
                    CallerBinding.ANONYMOUS,
                    Optional.of("ns/vs"),
                    "2025-11-25",
                    ClientFeatures.NONE),
            NOW);
    private static final String ROUTER_TOKEN = ROUTER.issue(HOST, "jti-1", NOW);
    private static final String REQUEST = REQUESTS.issue(
                    new RequestOrigin(ID, new ServerKey("ns/one@1"), new ServerSession(Optional.of("b"), "2025-11-25")),
                    new JsonRpcId("\"q\""))
            .orElseThrow();

    private static final RequestStates STATES = RequestStates.withKey(KEY);
    private static final StateBinding CALL = new StateBinding("a call");
    private static final String STATE = STATES.seal(CALL, "state", NOW.plusSeconds(60));

    static final List<String> SEEDS = List.of(
            SESSION,
            ROUTER_TOKEN,
            REQUEST,
            STATE,
            "eyJhbGciOiJub25lIn0.eyJpc3MiOiJtY3AtZ2F0ZXdheSJ9.",
            "Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2lkcCIsInN1YiI6ImFsaWNlIn0.c2ln",
            "Basic dXNlcjpwYXNz",
            "a.b.c");

    private TokenFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        SessionVerdict session = SESSIONS.verify(Optional.of(text), CallerBinding.ANONYMOUS, NOW);
        assertThat(session instanceof SessionVerdict.Valid).isEqualTo(text.equals(SESSION));
        RouterTokenVerdict router = ROUTER.verify(text, HOST, NOW);
        assertThat(router instanceof RouterTokenVerdict.Valid).isEqualTo(text.equals(ROUTER_TOKEN));
        assertThat(REQUESTS.open(text, ID).isPresent()).isEqualTo(text.equals(REQUEST));
        assertThat(STATES.open(CALL, text, NOW).isPresent()).isEqualTo(text.equals(STATE));
        assertThat(CallerBinding.of(List.of(text)).value()).isNotEmpty();
        if (!text.isBlank()) {
            assertThat(SESSIONS.verify(Optional.of(SESSION), CallerBinding.of(List.of(text)), NOW))
                    .isNotInstanceOf(SessionVerdict.Valid.class);
        }
    }
}
