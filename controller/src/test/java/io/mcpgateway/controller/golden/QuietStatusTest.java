package io.mcpgateway.controller.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.controller.testing.ObjectYaml;
import io.mcpgateway.controller.translation.Translation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What brokers report all the time changes no status, so nothing is written. */
class QuietStatusTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden");
    private static final List<String> DETAILS = List.of("reasons", "notServed", "lastSeen", "pendingPods");

    static List<Path> cases() throws IOException {
        List<Path> cases = new ArrayList<>();
        for (String feature : List.of("registration", "virtualserver")) {
            try (Stream<Path> folders = Files.list(ROOT.resolve(feature))) {
                folders.sorted().forEach(cases::add);
            }
        }
        return cases;
    }

    @Test
    void theTimeOfTheLastCheckIsNoNewsWhileTheServerAnswers() throws IOException {
        assertThat(outcome(checkedAt("2026-11-23T11:59:00Z"))).isEqualTo(outcome(checkedAt("2026-11-23T11:58:00Z")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOrderOfReplicasIsNoNews(Path folder) throws IOException {
        List<JsonNode> documents = documents(Files.readString(folder.resolve("in.yaml")));
        JsonNode outcome = details(outcome(documents));

        for (JsonNode document : documents) {
            document.path("brokers").forEach(broker -> reverse((ArrayNode) broker.path("replicas")));
        }

        assertThat(details(outcome(documents))).isEqualTo(outcome);
    }

    private static List<JsonNode> checkedAt(String time) throws IOException {
        return documents("""
                kind: Observed
                brokers:
                - extension: mcp-system/mcp-gateway
                  envoyFilter: true
                  replicas:
                  - {pod: a, runs: current, servers: [{name: mcp-test/server1, ready: true, tools: 5, lastValidated: "%s"}]}
                """.formatted(time));
    }

    private static List<JsonNode> documents(String changes) throws IOException {
        List<JsonNode> documents = new ArrayList<>(ObjectYaml.documents(Files.readString(ROOT.resolve("base.yaml"))));
        documents.addAll(ObjectYaml.documents(changes));
        return documents;
    }

    private static JsonNode outcome(List<JsonNode> documents) {
        World world = new World(documents);
        return new Outcome(world, Translation.NONE.next(world.facts())).tree();
    }

    private static JsonNode details(JsonNode outcome) {
        ObjectNode details = ObjectYaml.MAPPER.createObjectNode();
        for (String kind : List.of("registrations", "virtualServers")) {
            outcome.path(kind)
                    .properties()
                    .forEach(entry -> DETAILS.forEach(name -> details.set(
                            entry.getKey() + " " + name, entry.getValue().path(name))));
        }
        return details;
    }

    private static void reverse(ArrayNode list) {
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::addFirst);
        list.removeAll();
        list.addAll(items);
    }
}
