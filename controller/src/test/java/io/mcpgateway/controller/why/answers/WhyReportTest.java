package io.mcpgateway.controller.why.answers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.api.contract.reason.Explanation;
import io.mcpgateway.api.contract.reason.ExplanationJson;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers of a broker in {@code golden/why}, and what the command makes of them. {@code -Dgolden=update} rewrites that. */
class WhyReportTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden", "why");

    static List<String> answers() throws IOException {
        try (Stream<Path> files = Files.list(ROOT)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerIsToldWithItsFix(String name) throws IOException {
        Explanation answer = answer(name);
        Map<String, Part<Explanation>> told = Map.of("Pod mcp-system/a", Part.of(answer));
        WhyReport cluster = WhyReport.of(told, new WhyFix.Cluster());
        String text = cluster.text() + "--- without a cluster\n"
                + WhyReport.of(told, new WhyFix.Standalone("config.yaml")).text();

        Path expected = ROOT.resolve(name + ".txt");
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(expected, text);
        }
        assertThat(text).isEqualTo(Files.readString(expected));
        assertThat(cluster.exitCode()).isEqualTo(answer.isServed() ? 0 : 1);
    }

    @Test
    void programsGetTheSame() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(WhyReport.of(Map.of("Pod a", Part.of(answer("conflict"))), new WhyFix.Cluster())
                        .json());

        assertThat(json.path("version").asInt()).isEqualTo(1);
        assertThat(json.at("/answers/0/served").asBoolean(true)).isFalse();
        assertThat(json.at("/answers/0/sources/0").asText()).isEqualTo("Pod a");
        assertThat(json.at("/answers/0/cases/0/reason/code").asText()).isEqualTo("NameConflict");
        assertThat(json.at("/answers/0/cases/0/fix").asText())
                .startsWith("kubectl edit mcpserverregistration two -n ns");
    }

    @Test
    void replicasThatDifferAreToldApartAndCountAsNotServed() throws IOException {
        Map<String, Part<Explanation>> told = new TreeMap<>();
        told.put("Pod a", Part.of(answer("served")));
        told.put("Pod b", Part.of(answer("unknown")));
        WhyReport report = WhyReport.of(told, new WhyFix.Cluster());

        assertThat(report.text()).contains("Replicas differ. Pod a:\nSERVED", "Replicas differ. Pod b:\nNOT SERVED");
        assertThat(report.exitCode()).isEqualTo(1);
    }

    @Test
    void whatCannotBeSeenIsUnknownWithTheRightThatIsMissing() {
        Gap gap = new Gap(
                "status of broker Pod a",
                "you may not forward ports",
                Optional.of(new Gap.Right("create", "", "pods/portforward", "ns")));
        WhyReport report = WhyReport.of(Map.of("Pod a", new Part.Unreadable<>(gap)), new WhyFix.Cluster());

        assertThat(report.text())
                .isEqualTo("UNKNOWN    status of broker Pod a: you may not forward ports; add to your Role: "
                        + "{apiGroups: [\"\"], resources: [pods/portforward], verbs: [create]}\n");
        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(report.with("HostnameTaken: by team-b/other").exitCode()).isEqualTo(1);
    }

    private static Explanation answer(String name) throws IOException {
        return ExplanationJson.parse(Files.readAllBytes(ROOT.resolve(name + ".json")))
                .orElseThrow();
    }
}
