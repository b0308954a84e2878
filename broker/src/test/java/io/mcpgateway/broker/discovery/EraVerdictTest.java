package io.mcpgateway.broker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.catalog.ServerReport.Agreed;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.McpOutcome.Failure;
import io.mcpgateway.broker.client.McpOutcome.HttpFailure;
import io.mcpgateway.broker.client.modern.DiscoverResult;
import io.mcpgateway.broker.client.modern.ModernReply;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.era.ServerEras.LegacyLeg;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What answers to initialize and server/discover say about a server. */
class EraVerdictTest {
    private static final LegacyLeg LEG = new LegacyLeg("2025-11-25", true);
    private static final Failure REFUSED = new HttpFailure(400, "error -32022: Unsupported protocol version", "");
    private static final ServerCapabilities TOOLS = new ServerCapabilities(Set.of(Capability.TOOLS));

    /** Answers to server/discover, and what they are. */
    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(discovered("\"2026-07-28\""), "Modern"),
                Arguments.of(discovered("\"2027-01-01\",\"2026-07-28\",\"2025-11-25\""), "Modern"),
                Arguments.of(discovered("\"2027-01-01\""), "OtherVersions"),
                Arguments.of(discovered("\"2025-11-25\""), "OtherVersions"),
                Arguments.of(discovered(""), "OtherVersions"),
                Arguments.of(result("{}"), "NotModern"),
                Arguments.of(result("{\"supportedVersions\":\"2026-07-28\"}"), "NotModern"),
                Arguments.of(
                        new ModernReply.Result(
                                RawJson.of("{\"supportedVersions\":[\"2026-07-28\"]}"), "input_required"),
                        "Unclear"),
                Arguments.of(refused(400, -32022, "{\"supported\":[\"2027-01-01\"]}"), "OtherVersions"),
                Arguments.of(refused(400, -32022, "{\"supported\":[\"2025-11-25\"]}"), "OtherVersions"),
                Arguments.of(refused(400, -32022, "{\"supported\":[\"2026-07-28\"]}"), "Unclear"),
                Arguments.of(refused(400, -32022, "{}"), "Unclear"),
                Arguments.of(refused(400, -32022, "[]"), "Unclear"),
                Arguments.of(refused(400, -32020, "null"), "Unclear"),
                Arguments.of(refused(400, -32021, "{\"requiredCapabilities\":{}}"), "Unclear"),
                Arguments.of(refused(404, -32601, "null"), "NotModern"),
                Arguments.of(refused(200, -32601, "null"), "NotModern"),
                Arguments.of(refused(200, -32602, "null"), "NotModern"),
                Arguments.of(refused(400, -32600, "null"), "NotModern"),
                Arguments.of(refused(400, -32000, "null"), "NotModern"),
                Arguments.of(http(302), "NotModern"),
                Arguments.of(http(400), "NotModern"),
                Arguments.of(http(404), "NotModern"),
                Arguments.of(http(405), "NotModern"),
                Arguments.of(http(406), "NotModern"),
                Arguments.of(http(501), "NotModern"),
                Arguments.of(http(401), "Unclear"),
                Arguments.of(http(403), "Unclear"),
                Arguments.of(http(407), "Unclear"),
                Arguments.of(http(408), "Unclear"),
                Arguments.of(http(429), "Unclear"),
                Arguments.of(http(500), "Unclear"),
                Arguments.of(http(503), "Unclear"),
                Arguments.of(failed(new McpOutcome.Timeout("timed out")), "Unclear"),
                Arguments.of(failed(new McpOutcome.Unreachable("connection refused")), "Unclear"),
                Arguments.of(failed(new McpOutcome.ProtocolViolation("not an MCP response: HTTP 202")), "NotModern"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void eachAnswerSaysOneThing(ModernReply reply, String kind) {
        DiscoverAnswer answer = DiscoverAnswer.of(reply);

        assertThat(answer.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(EraVerdict.initialized(LEG, answer))
                .as("a server that takes initialize can be used, whatever it makes of the other question")
                .isEqualTo(
                        answer instanceof DiscoverAnswer.Modern modern
                                ? new EraVerdict.Modern(modern, Optional.of(LEG))
                                : new EraVerdict.Legacy());
    }

    @Test
    void ofSeveralModernRevisionsThoseOfOursCount() {
        assertThat(DiscoverAnswer.of(discovered("\"2027-01-01\",\"2026-07-28\"")))
                .isEqualTo(new DiscoverAnswer.Modern(
                        List.of("2026-07-28"),
                        new DiscoverResult(List.of("2027-01-01", "2026-07-28"), TOOLS, Instructions.of("Ask me."))));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(new McpOutcome.RpcError(-32601, "Method not found"), true),
                Arguments.of(new McpOutcome.RpcError(-32022, "Unsupported protocol version"), true),
                Arguments.of(new McpOutcome.ProtocolViolation("unsupported protocol version"), true),
                Arguments.of(new HttpFailure(400), true),
                Arguments.of(new HttpFailure(404), true),
                Arguments.of(new HttpFailure(405), true),
                Arguments.of(new HttpFailure(501), true),
                Arguments.of(new HttpFailure(302), false),
                Arguments.of(new HttpFailure(401), false),
                Arguments.of(new HttpFailure(403), false),
                Arguments.of(new HttpFailure(429), false),
                Arguments.of(new HttpFailure(502), false),
                Arguments.of(new McpOutcome.Timeout("timed out"), false),
                Arguments.of(new McpOutcome.Unreachable("connection refused"), false));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aServerThatIsAwayOrRefusesTheCredentialIsNotAskedASecondTime(Failure initialize, boolean asked) {
        assertThat(EraVerdict.worthAsking(initialize)).isEqualTo(asked);
    }

    /** Answers to server/discover of a server that refused initialize, and what is reported. */
    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of(
                        refused(400, -32022, "{\"supported\":[\"2027-01-01\",\"<b>\"]}"),
                        "server/discover",
                        "the server speaks only MCP 2027-01-01, ?b?; the gateway speaks 2024-11-05, 2025-03-26, "
                                + "2025-06-18, 2025-11-25, 2026-07-28"),
                Arguments.of(
                        discovered(""),
                        "server/discover",
                        "the server speaks only MCP revisions that it does not name"),
                // It says that it supports what it refused.
                Arguments.of(refused(400, -32022, "{\"supported\":[\"2025-11-25\"]}"), "initialize", REFUSED.message()),
                Arguments.of(refused(400, -32020, "null"), "server/discover", "the server answered error -32020: no"),
                Arguments.of(http(401), "server/discover", "auth failed: the server answered HTTP 401"),
                Arguments.of(http(503), "initialize", REFUSED.message()),
                Arguments.of(http(404), "initialize", REFUSED.message()),
                Arguments.of(failed(new McpOutcome.Timeout("timed out")), "initialize", REFUSED.message()));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void whyAServerCannotBeUsedIsSaidByTheAnswerThatExplainsMore(ModernReply reply, String operation, String message) {
        assertThat(EraVerdict.refused(REFUSED, DiscoverAnswer.of(reply)))
                .isInstanceOfSatisfying(EraVerdict.Unusable.class, unusable -> {
                    assertThat(unusable.operation()).isEqualTo(operation);
                    assertThat(unusable.failure().message()).startsWith(message);
                });
    }

    @Test
    void aServerThatRefusesInitializeAndAnswersTheOtherQuestionIsModernOnly() {
        assertThat(EraVerdict.refused(REFUSED, DiscoverAnswer.of(discovered("\"2026-07-28\""))))
                .isInstanceOfSatisfying(
                        EraVerdict.Modern.class,
                        modern -> assertThat(modern.legacy()).isEmpty());
    }

    /** Answers to the check of a modern server with tools, and what follows. */
    static Stream<Arguments> checks() {
        return Stream.of(
                Arguments.of(discovered("\"2026-07-28\""), DiscoveryEvent.Answered.class),
                Arguments.of(discovered("\"2026-07-28\",\"2027-01-01\""), DiscoveryEvent.Answered.class),
                Arguments.of(
                        result("{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}"),
                        DiscoveryEvent.Outdated.class),
                Arguments.of(discovered("\"2027-01-01\""), DiscoveryEvent.Outdated.class),
                Arguments.of(refused(400, -32022, "{\"supported\":[\"2025-11-25\"]}"), DiscoveryEvent.Outdated.class),
                Arguments.of(refused(404, -32601, "null"), DiscoveryEvent.Outdated.class),
                Arguments.of(http(404), DiscoveryEvent.Outdated.class),
                Arguments.of(http(401), DiscoveryEvent.Failed.class),
                Arguments.of(http(503), DiscoveryEvent.Failed.class),
                Arguments.of(failed(new McpOutcome.Unreachable("connection refused")), DiscoveryEvent.Failed.class));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void aCheckTellsAServerThatIsAwayFromOneThatIsNoLongerWhatItWas(
            ModernReply reply, Class<? extends DiscoveryEvent> event) {
        Agreed agreed = new Agreed("2026-07-28", ServerEras.modern("2026-07-28"), TOOLS, Instructions.of("Ask me."));

        assertThat(DiscoverAnswer.of(reply).asCheck(agreed)).isInstanceOf(event);
    }

    private static ModernReply discovered(String versions) {
        return result("{\"supportedVersions\":[" + versions
                + "],\"capabilities\":{\"tools\":{}},\"instructions\":\"Ask me.\"}");
    }

    private static ModernReply result(String json) {
        return new ModernReply.Result(RawJson.of(json), "complete");
    }

    private static ModernReply refused(int status, int code, String data) {
        return new ModernReply.Refused(status, code, "no", Optional.of(RawJson.of(data)));
    }

    private static ModernReply http(int status) {
        return failed(new HttpFailure(status));
    }

    private static ModernReply failed(Failure failure) {
        return new ModernReply.Failed(failure);
    }
}
