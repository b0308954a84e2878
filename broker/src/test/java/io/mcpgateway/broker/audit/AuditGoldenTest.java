package io.mcpgateway.broker.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.golden.GoldenPairs;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.url.Chosen;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The line of each shape of call; an empty line if a message is no call. */
class AuditGoldenTest {
    private static final GoldenPairs PAIRS = GoldenPairs.of("audit");
    private static final Instant NOW = Instant.parse("2026-12-01T02:00:00Z");
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final ServerRoute SERVER = new ServerRoute(
            new ServerName("ns/one"), "one.mcp.local", "/mcp", URI.create("http://one.ns.svc:9090/mcp"));

    static List<String> files() throws IOException {
        return PAIRS.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void theLineIsInTheFile(String file) throws IOException {
        PAIRS.verify(file, given -> Map.of("line", line(GoldenPairs.tree(given))));
    }

    private static String line(JsonNode given) {
        Map<String, List<String>> headers = new HashMap<>();
        given.path("headers")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), List.of(header.getValue().asText())));
        RequestHead head = new RequestHead(
                "POST", "mcp.example.com", given.path("path").asText("/mcp"), RequestHeaders.of(headers));
        Optional<GatewaySession> session = given.path("session").asBoolean()
                ? Optional.of(new GatewaySession(
                        new GatewaySessionId("jti-1"),
                        NOW.plusSeconds(60),
                        CallerBinding.ANONYMOUS,
                        Optional.empty(),
                        "2025-11-25",
                        ClientFeatures.NONE))
                : Optional.empty();
        Chosen url = Chosen.parse(given.path("url").asText("")).orElseThrow();
        RawJson body = RawJson.of(given.path("body").asText());
        return AuditOutcome.of(decision(given))
                .flatMap(outcome -> AuditReader.withKey(
                                KEY, given.path("withArguments").asBoolean())
                        .entry(new AuditReader.Asked(NOW, head, body, url, session), outcome))
                .map(AuditEntry::line)
                .orElse("");
    }

    private static RouteDecision.Complete decision(JsonNode given) {
        Map<String, String> set = new HashMap<>();
        given.path("told")
                .properties()
                .forEach(header -> set.put(header.getKey(), header.getValue().asText()));
        HeaderEdits edits = new HeaderEdits(set, Set.of());
        return switch (given.path("decision").asText()) {
            case "forward" ->
                new RouteDecision.Forward(
                        SERVER,
                        edits,
                        Optional.empty(),
                        new CallMetadata.Sessionless(SERVER.key(), new Era.Modern("2026-07-28"), Optional.empty()));
            case "bridge" -> new RouteDecision.Bridge(SERVER, edits);
            case "broker" -> new RouteDecision.ToBroker(edits);
            case "refuse" ->
                new RouteDecision.Reject(new Refusal(
                        given.path("status").asInt(),
                        "application/json",
                        RawJson.of(given.path("answer").asText())));
            default -> throw new IllegalArgumentException(given.toString());
        };
    }
}
