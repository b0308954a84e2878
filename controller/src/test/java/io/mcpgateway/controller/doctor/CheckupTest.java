package io.mcpgateway.controller.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.controller.doctor.checks.Checkup;
import io.mcpgateway.controller.doctor.findings.Diagnosis;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.TextReport;
import io.mcpgateway.controller.doctor.findings.Verdict;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code cases.yaml} breaks {@code healthy.yaml} in every way that the Go project's guide describes; {@code reports} holds
 * what doctor says. {@code -Dgolden=update} rewrites the reports.
 */
class CheckupTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden", "doctor");
    private static final int STRIDE = 29;

    /** The one undoes the other. */
    private static final Set<String> NO_PAIRS = Set.of("extension-missing + second-extension");

    private static final List<JsonNode> HEALTHY = documents("healthy.yaml");
    private static final boolean UPDATE = "update".equals(System.getProperty("golden"));

    record Case(String name, String reason, String subject, List<JsonNode> changes) {
        static Case of(JsonNode entry) {
            List<JsonNode> changes = new ArrayList<>();
            entry.path("change").forEach(changes::add);
            return new Case(
                    entry.path("name").asText(),
                    entry.path("reason").asText(),
                    entry.path("subject").asText(),
                    changes);
        }

        boolean isNamedBy(Finding finding) {
            return finding.reason().equals(reason) && finding.subject().contains(subject);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return documents("cases.yaml").stream().map(Case::of);
    }

    static Stream<Case> warnings() {
        return documents("warnings.yaml").stream().map(Case::of);
    }

    static Stream<String> healthyShapes() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("healthy"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFirstLineNamesTheCause(Case broken) {
        Diagnosis diagnosis = diagnosis(broken.changes());

        assertThat(diagnosis.cause()).hasValueSatisfying(cause -> {
            assertThat(cause.reason()).isEqualTo(broken.reason());
            assertThat(cause.subject()).contains(broken.subject());
        });
        assertThat(TextReport.of(diagnosis, false)).startsWith("BROKEN ");
        assertThat(diagnosis.of(Verdict.BROKEN))
                .allSatisfy(finding ->
                        assertThat(finding.fix()).as(finding.message()).isNotEmpty());
        assertThat(diagnosis.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReportIsTheRecordedOne(Case broken) throws IOException {
        Path expected = ROOT.resolve("reports").resolve(broken.name() + ".txt");
        String report = TextReport.of(diagnosis(broken.changes()), false);

        if (UPDATE) {
            Files.createDirectories(expected.getParent());
            Files.writeString(expected, report);
        }

        assertThat(report).isEqualTo(Files.readString(expected)).doesNotContain("test-secret");
    }

    /** Each with some of the others: all pairs would take minutes. */
    @Test
    void theFirstLineOfTwoFailuresNamesOneOfThem() {
        List<Case> all = cases().toList();
        List<String> wrong = new ArrayList<>();
        for (Case one : all) {
            for (int number = all.indexOf(one) + 1; number < all.size(); number += STRIDE) {
                Case other = all.get(number);
                List<JsonNode> both = new ArrayList<>(one.changes());
                both.addAll(other.changes());
                Diagnosis diagnosis = diagnosis(both);
                boolean named = diagnosis
                        .cause()
                        .filter(cause -> one.isNamedBy(cause) || other.isNamedBy(cause))
                        .isPresent();
                if (!named && !NO_PAIRS.contains(one + " + " + other)) {
                    wrong.add(one + " + " + other + ": "
                            + diagnosis.cause().map(Finding::toString).orElse("nothing"));
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("healthyShapes")
    void aHealthySystemHasNoFindings(String shape) throws IOException {
        Diagnosis diagnosis = diagnosis(
                ObjectYaml.documents(Files.readString(ROOT.resolve("healthy").resolve(shape))));

        assertThat(diagnosis.findings())
                .filteredOn(finding -> finding.verdict() != Verdict.OK)
                .isEmpty();
        assertThat(diagnosis.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("warnings")
    void whatIsProbablyNotMeantIsAWarning(Case odd) {
        Diagnosis diagnosis = diagnosis(odd.changes());

        assertThat(diagnosis.of(Verdict.BROKEN)).isEmpty();
        assertThat(diagnosis.of(Verdict.WARNING)).hasSize(1).allSatisfy(warning -> {
            assertThat(warning.reason()).isEqualTo(odd.reason());
            assertThat(warning.subject()).contains(odd.subject());
            assertThat(warning.fix()).isNotEmpty();
        });
        assertThat(diagnosis.exitCode()).isZero();
    }

    /** Nothing that cannot be seen counts as missing; what the controller has written is shown instead. */
    @Test
    void whatMayNotBeReadIsUnknown() {
        Diagnosis diagnosis = diagnosis(ObjectYaml.documents("""
                kind: Running
                forbidden: [Secret, Gateway, EnvoyFilter, Deployment, Pod, Namespace]
                brokers: {mcp-system/mcp-gateway-a: {forbidden: true}}
                """));

        assertThat(diagnosis.of(Verdict.BROKEN)).isEmpty();
        assertThat(diagnosis.of(Verdict.WARNING)).isEmpty();
        assertThat(diagnosis.exitCode()).isEqualTo(3);
        assertThat(TextReport.of(diagnosis, false))
                .contains(
                        "missing rule: {apiGroups: [\"\"], resources: [secrets], verbs: [get]} in namespace mcp-test",
                        "missing rule: {apiGroups: [\"gateway.networking.k8s.io\"], resources: [gateways], verbs: [list]}")
                .contains("MCPServerRegistration mcp-test/github: its status says Accepted");
    }

    @Test
    void whatTheControllerHasWrittenCountsWhereTheRestIsHidden() {
        Diagnosis diagnosis = diagnosis(ObjectYaml.documents("""
                kind: MCPServerRegistration
                metadata: {name: github, namespace: mcp-test}
                status: {conditions: [{type: Accepted, status: "False", reason: SecretNotFound, message: credential secret github-token not found}]}
                ---
                kind: Running
                forbidden: [Secret]
                """));

        assertThat(diagnosis.cause()).hasValueSatisfying(cause -> {
            assertThat(cause.reason()).isEqualTo("SecretNotFound");
            assertThat(cause.fix())
                    .first()
                    .asString()
                    .contains("kubectl create secret generic github-token -n mcp-test");
        });
    }

    private static List<JsonNode> documents(String file) {
        try {
            return ObjectYaml.documents(Files.readString(ROOT.resolve(file)));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static Diagnosis diagnosis(List<JsonNode> changes) {
        List<JsonNode> documents = new ArrayList<>(HEALTHY);
        documents.addAll(changes);
        return new Diagnosis(Checkup.of(new DoctorWorld(documents).facts()), Duration.ofMillis(1500));
    }
}
