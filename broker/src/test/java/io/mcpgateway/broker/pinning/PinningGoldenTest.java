package io.mcpgateway.broker.pinning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.pinning.PinningMode;
import io.mcpgateway.api.contract.pinning.ToolDigest;
import io.mcpgateway.api.contract.pinning.ToolFinding;
import io.mcpgateway.api.contract.pinning.ToolPinning;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.golden.GoldenPairs;
import io.mcpgateway.broker.listing.Definition;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A mode, the tools that are remembered and those that a server lists now; and what is served, and told. */
class PinningGoldenTest {
    private static final GoldenPairs PAIRS = GoldenPairs.of("pinning");
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<String> files() throws IOException {
        return PAIRS.files().stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsServedAndTold(String file) throws IOException {
        PAIRS.verify(file, given -> outcome(GoldenPairs.tree(given)));
    }

    private static Object outcome(JsonNode given) {
        PinningMode mode = PinningMode.parse(given.path("mode").asText()).orElseThrow();
        List<ToolDigest> remembered = digests(texts(given.path("remembered")));
        List<String> approved = digests(texts(given.path("approved"))).stream()
                .map(ToolDigest::digest)
                .toList();
        ServerReport report = Reports.of(new ServerName("ns/a"), texts(given.path("listed")));
        PinnedServer server = PinnedServer.of(report, new ToolPinning(mode, Set.copyOf(approved), remembered));
        ObjectNode outcome = JSON.createObjectNode();
        outcome.withArray("served");
        server.served().listing(CapabilityKind.TOOL).items().stream()
                .map(Definition::key)
                .forEach(key -> outcome.withArray("served").add(key.value()));
        server.status().orElseThrow().unapproved().stream()
                .map(ToolFinding::described)
                .forEach(outcome.withArray("unapproved")::add);
        server.status().orElseThrow().flagged().stream()
                .map(ToolFinding::described)
                .forEach(outcome.withArray("flagged")::add);
        outcome.put("message", server.served().message());
        return outcome;
    }

    private static List<ToolDigest> digests(List<String> tools) {
        return PinnedServer.of(
                        Reports.of(new ServerName("ns/a"), tools), new ToolPinning(PinningMode.OBSERVE, List.of()))
                .status()
                .orElseThrow()
                .tools();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
