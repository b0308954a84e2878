package io.mcpgateway.e2e.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrangersReportTest {
    private static final String KEY = "go python1 call";
    private static final Outcome SEEN = new Outcome.Seen(answer("hi"));
    private static final Outcome OTHER = new Outcome.Seen(answer("ho"));
    private static final Outcome REFUSED = new Outcome.Refused("no such method");

    @TempDir
    private Path folder;

    private String yaml = "";

    @BeforeEach
    void oneStep() {
        yaml =
                "servers: [{name: python1, eras: [legacy], group: g, steps: [[{scenario: call, do: call, uri: 'a://SERVER'}]]}]\n";
    }

    @Test
    void sameThroughBothGatewaysPasses() throws IOException {
        assertThat(lines(SEEN, SEEN, SEEN))
                .anyMatch(line -> line.matches("python1 +1"))
                .contains("2 passed, 0 failed");
    }

    @Test
    void anotherAnswerFailsInItsColumnOnly() throws IOException {
        assertThat(lines(SEEN, SEEN, OTHER))
                .contains("1 passed, 1 failed")
                .contains("FAILED envoy " + KEY + ": expected {\"answer\":\"hi\"}, seen {\"answer\":\"ho\"}");
    }

    @Test
    void refusalByTheGatewayFailsWithItsWords() throws IOException {
        assertThat(lines(SEEN, REFUSED, SEEN))
                .contains("FAILED builtin " + KEY + ": expected a response, got no such method");
    }

    @Test
    void whatIsImpossibleDirectlyHasToBeOnTheList() throws IOException {
        assertThat(lines(REFUSED, REFUSED, REFUSED)).contains("0 passed, 2 failed");
        yaml += "withoutUs: ['* python1 call']\n";
        assertThat(lines(REFUSED, REFUSED, REFUSED))
                .contains("0 passed, 0 failed, 2 not possible without the gateway")
                .anyMatch(line -> line.matches("python1 +n/a"));
    }

    @Test
    void whatIsOnTheListAndWorksFails() throws IOException {
        yaml += "withoutUs: ['go * call']\n";
        assertThat(lines(SEEN, SEEN, SEEN)).contains("0 passed, 2 failed");
    }

    @Test
    void knownGapMayFailAndMustNotWork() throws IOException {
        yaml += "gaps: ['go * call']\n";
        assertThat(lines(SEEN, REFUSED, OTHER)).contains("0 passed, 0 failed, 2 known gaps");
        assertThat(lines(SEEN, SEEN, OTHER))
                .contains("FAILED builtin " + KEY + ": works: remove it from the list gaps");
    }

    @Test
    void whatNoGatewayCanDoHasToBeSaid() throws IOException {
        yaml += "refused: [{cells: '@both * call', says: 'no such'}]\n";
        assertThat(lines(REFUSED, REFUSED, REFUSED)).contains("0 passed, 0 failed, 2 refused with the reason");
        assertThat(lines(REFUSED, SEEN, new Outcome.Refused("broken"))).contains("0 passed, 2 failed");
    }

    @Test
    void clientOfAnotherEraMustSeeWhatItsSiblingSees() throws IOException {
        yaml = yaml.replace("legacy", "modern");
        String sibling = "typescript2-modern python1 call";
        String own = "typescript1 python1 call";
        Map<Way, Map<String, Outcome>> seen = Map.of(
                Way.DIRECT, Map.of(sibling, SEEN), Way.BUILTIN, Map.of(own, SEEN), Way.ENVOY, Map.of(own, OTHER));

        assertThat(new StrangersReport(plan(""), List.of(StrangerClient.TYPESCRIPT1), seen).lines())
                .contains("1 passed, 1 failed");
        assertThat(plan("typescript1 ")
                        .directSteps(
                                StrangerClient.TYPESCRIPT2_MODERN,
                                plan("").servers().getFirst()))
                .hasSize(1);
    }

    @Test
    void whatTheClientLacksIsToldAndNeverCountsAsPassed() throws IOException {
        Outcome lacking = new Outcome.NotOffered("it cannot");
        assertThat(lines(lacking, lacking, lacking))
                .contains("0 passed, 2 failed")
                .contains("FAILED builtin " + KEY + ": not on the list notOffered: it cannot");
        yaml += "notOffered: ['go * call']\n";
        assertThat(lines(lacking, lacking, lacking))
                .contains("0 passed, 0 failed, 2 not offered")
                .anyMatch(line -> line.matches("call +lacks"));
        assertThat(lines(SEEN, SEEN, SEEN))
                .contains("FAILED envoy " + KEY + ": the client can do it: remove it from the list notOffered");
    }

    @Test
    void whatTheClientLacksOnlyThroughTheGatewayFails() throws IOException {
        assertThat(lines(SEEN, new Outcome.NotOffered("it cannot"), SEEN)).contains("1 passed, 1 failed");
    }

    @Test
    void clientThatSaysNothingFails() throws IOException {
        assertThat(report(Map.of(Way.DIRECT, Map.of(KEY, SEEN), Way.BUILTIN, Map.of(), Way.ENVOY, Map.of())))
                .contains("0 passed, 2 failed");
    }

    @Test
    void planNamesTheServerInItsStepsAndObeysThePattern() throws IOException {
        Plan plan = plan("go .* call");
        Plan.Server server = plan.servers().getFirst();

        List<ObjectNode> steps = plan.steps("go", server);

        assertThat(steps).extracting(step -> step.path("uri").asText()).containsExactly("a://python1");
        assertThat(plan.steps("python1", server)).isEmpty();
        assertThat(plan.has("python1", "python1")).isFalse();
    }

    private List<String> lines(Outcome direct, Outcome builtin, Outcome envoy) throws IOException {
        return report(Map.of(
                Way.DIRECT, Map.of(KEY, direct),
                Way.BUILTIN, Map.of(KEY, builtin),
                Way.ENVOY, Map.of(KEY, envoy)));
    }

    private List<String> report(Map<Way, Map<String, Outcome>> seen) throws IOException {
        return new StrangersReport(plan(""), List.of(StrangerClient.GO), seen).lines();
    }

    private Plan plan(String only) throws IOException {
        return Plan.read(
                Files.writeString(folder.resolve("plan.yaml"), yaml), Integer.MAX_VALUE, Pattern.compile(only));
    }

    private static ObjectNode answer(String text) {
        return new ObjectMapper().createObjectNode().put("answer", text);
    }
}
