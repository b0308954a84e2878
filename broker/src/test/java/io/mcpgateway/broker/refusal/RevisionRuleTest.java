package io.mcpgateway.broker.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.SessionVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionRuleTest {
    private static final JsonRpcId ID = new JsonRpcId("\"probe-1\"");
    private static final ServedRevisions LEGACY = ServedRevisions.of(ProtocolVersions.SUPPORTED);
    private static final SessionVerdict MISSING = new SessionVerdict.Missing();
    private static final SessionVerdict VALID = new SessionVerdict.Valid(new GatewaySession(
            new GatewaySessionId("s"),
            Instant.parse("2026-12-01T00:00:00Z"),
            CallerBinding.ANONYMOUS,
            Optional.empty(),
            "2025-06-18",
            ClientFeatures.NONE));

    static Stream<SessionVerdict> sessions() {
        return Stream.of(
                VALID,
                MISSING,
                new SessionVerdict.Expired(),
                new SessionVerdict.Revoked(),
                new SessionVerdict.ForeignCaller(),
                new SessionVerdict.Unconfirmed(),
                new SessionVerdict.Invalid("x"));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void oursAndNoneMayBeNamedOnceOrAgain(SessionVerdict session) {
        assertThat(refusal(session)).isEmpty();
        for (String version : List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")) {
            assertThat(refusal(session, version)).isEmpty();
            assertThat(refusal(session, version, version)).isEmpty();
            assertThat(refusal(session, version + ", " + version)).isEmpty();
            assertThat(refusal(session, version + "," + version, version)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "banana",
                "1999-01-01",
                "2025-11-24",
                "2024-10-07",
                "",
                " ",
                "2026-13-45",
                "2026-7-28",
                "20260728",
                "2026-07-28x",
                "DRAFT-2026-v1",
                "2025-11-25;2025-11-25"
            })
    void whatIsNoRevisionIsRefusedEverywhere(String version) {
        sessions()
                .forEach(session -> assertThat(refusal(session, version)).hasValueSatisfying(reject -> {
                    assertThat(reject.status()).isEqualTo(400);
                    assertThat(reject.body().toString())
                            .startsWith("{\"jsonrpc\":\"2.0\",\"id\":\"probe-1\",\"error\":{\"code\":-32600,")
                            .contains("supported: 2024-11-05, 2025-03-26, 2025-06-18, 2025-11-25");
                }));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void differentValuesAreRefused(SessionVerdict session) {
        for (List<String> lines : List.of(
                List.of("2025-11-25", "2025-06-18"),
                List.of("2025-11-25, 2025-06-18"),
                List.of("2025-11-25", "2026-07-28"),
                List.of("2025-11-25", "banana"),
                List.of("2025-11-25", ""))) {
            assertThat(refusal(session, lines.toArray(String[]::new)))
                    .hasValueSatisfying(
                            reject -> assertThat(reject.body().toString()).contains("-32600", "different values"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-26", "2026-07-28", "2031-01-01"})
    void aLaterOneIsTheSessionsOwnInASession(String version) {
        assertThat(refusal(VALID, version)).isEmpty();
        assertThat(refusal(VALID, version, version)).isEmpty();
        assertThat(refusal(VALID, version + ", " + version)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/list", "tools/call", "ping", "server/discover", "subscriptions/listen", "no/such"})
    void aLaterOneWithoutSessionIsToldWhatThereIs(String method) {
        assertThat(RevisionRule.refusal(headers("2026-07-28"), MISSING, ID, method, Optional.empty(), LEGACY))
                .hasValueSatisfying(RevisionRuleTest::isNotServed);
        assertThat(RevisionRule.refusal(headers(), MISSING, ID, method, Optional.of("2026-07-28"), LEGACY))
                .hasValueSatisfying(RevisionRuleTest::isNotServed);
        assertThat(RevisionRule.refusal(headers("2025-11-25"), MISSING, ID, method, Optional.of("2026-07-28"), LEGACY))
                .hasValueSatisfying(RevisionRuleTest::isNotServed);
    }

    /** Whoever has a session that is over has to learn that. */
    @ParameterizedTest
    @MethodSource("sessions")
    void aLaterOneWithAnySessionIsTheSessionsBusiness(SessionVerdict session) {
        if (session instanceof SessionVerdict.Missing) {
            return;
        }
        assertThat(refusal(session, "2026-07-28")).isEmpty();
        assertThat(RevisionRule.refusal(headers(), session, ID, "server/discover", Optional.of("2026-07-28"), LEGACY))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"server/discover, true", "tools/list, false", "tools/call, false"})
    void whoeverAsksToDiscoverIsLater(String method, boolean refused) {
        Optional<Refusal> refusal = RevisionRule.refusal(headers(), MISSING, ID, method, Optional.empty(), LEGACY);

        assertThat(refusal.isPresent()).isEqualTo(refused);
        refusal.ifPresent(reject -> assertThat(reject.body().toString())
                .contains("-32022", "\"supported\":[")
                .doesNotContain("requested"));
    }

    @Test
    void anAnswerToNoMessageHasNoId() {
        assertThat(RevisionRule.refusal(headers("2026-07-28"), MISSING, LEGACY))
                .hasValueSatisfying(
                        reject -> assertThat(reject.body().toString()).startsWith("{\"jsonrpc\":\"2.0\",\"error\""));
    }

    private static void isNotServed(Refusal reject) {
        assertThat(reject.status()).isEqualTo(400);
        assertThat(reject.body())
                .hasToString("{\"jsonrpc\":\"2.0\",\"id\":\"probe-1\",\"error\":{\"code\":-32022,\"message\":"
                        + "\"Unsupported protocol version: 2026-07-28; start with initialize and one of:"
                        + " 2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05\",\"data\":{\"supported\":"
                        + "[\"2025-11-25\",\"2025-06-18\",\"2025-03-26\",\"2024-11-05\"],"
                        + "\"requested\":\"2026-07-28\"}}}");
    }

    private static Optional<Refusal> refusal(SessionVerdict session, String... versions) {
        return RevisionRule.refusal(headers(versions), session, ID, "tools/list", Optional.empty(), LEGACY);
    }

    private static RequestHeaders headers(String... versions) {
        return versions.length == 0
                ? RequestHeaders.EMPTY
                : RequestHeaders.of(Map.of("mcp-protocol-version", List.of(versions)));
    }
}
