package io.mcpgateway.broker.jmh;

import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.session.remembered.RememberedSessions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;

/** Session IDs, and request states of servers, which are sealed. */
public class TokenBenchmark extends CoreBenchmark {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final Instant END = NOW.plusSeconds(3_600);

    private final SessionTokens tokens = SessionTokens.withKey(KEY);
    private final SessionTokens remembering = tokens.remembering(new RememberedSessions());
    private final GatewaySession session = new GatewaySession(
            new GatewaySessionId("7b0f4ac2-1f0d-4d27-9c62-8d9f4b0e1d2c"),
            END,
            CallerBinding.ANONYMOUS,
            Optional.empty(),
            "2025-11-25",
            ClientFeatures.NONE);
    private final Optional<String> token = Optional.of(tokens.issue(session, NOW));
    private final RequestStates states = RequestStates.withKey(KEY);
    private final StateBinding call = new StateBinding("a call");
    private final String state = "the state of a server ".repeat(10);
    private final String sealed = states.seal(call, state, END);

    @Benchmark
    public String issueSession() {
        return tokens.issue(session, NOW);
    }

    @Benchmark
    public SessionVerdict verifySession() {
        return tokens.verify(token, CallerBinding.ANONYMOUS, NOW);
    }

    /** As the broker does after the first request of a session. */
    @Benchmark
    public SessionVerdict verifyRememberedSession() {
        return remembering.verify(token, CallerBinding.ANONYMOUS, NOW);
    }

    @Benchmark
    public String sealState() {
        return states.seal(call, state, END);
    }

    @Benchmark
    public Optional<String> openState() {
        return states.open(call, sealed, NOW);
    }
}
