package io.mcpgateway.controller.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What somebody reads in a status who does not know the gateway: each message names the object that causes the trouble,
 * and what to do. The messages are those of the golden files, which {@link PlannerGoldenTest} compares with what is
 * computed.
 */
class NewcomerTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden");

    /** A row of {@code newcomer.md}: a message that was missing, or did not say enough, by the name of the finding. */
    record Row(String finding, String name, String object, String condition, String cause, String fix) {
        static Row of(String line) {
            List<String> cells =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            assertThat(cells).as(line).hasSize(8);
            return new Row(cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5), cells.get(6));
        }

        /** A case whose Events are looked at. */
        static Row named(String name) {
            return new Row("", name, "mcp-test/server1", "Ready", "", "");
        }

        JsonNode registration() throws IOException {
            return ObjectYaml.documents(Files.readString(
                            ROOT.resolve("registration").resolve(name).resolve("out.yaml")))
                    .getFirst()
                    .path("registrations")
                    .path(object);
        }
    }

    static List<Row> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("newcomer.md")).stream()
                .skip(2)
                .map(Row::of)
                .toList();
    }

    @Test
    void everyFindingHasRows() throws IOException {
        assertThat(rows()).extracting(Row::finding).contains("A1", "C3", "E2", "E4");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theStatusNamesTheCauseAndTheFix(Row row) throws IOException {
        String message = StreamSupport.stream(
                        row.registration().path("conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(row.condition()))
                .map(condition -> condition.path("message").asText())
                .findFirst()
                .orElseThrow();

        assertThat(message).contains(row.cause()).contains(row.fix());
    }

    /** A server that starts, or a gateway that does, is no trouble. */
    @Test
    void aHealthyStartWarnsNobody() throws IOException {
        for (String name : List.of("connecting", "no-replica", "prefix-not-there-yet", "becomes-ready", "recovered")) {
            Row row = Row.named(name);

            assertThat(row.registration().path("events"))
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.asText()).startsWith("NORMAL"));
        }
    }

    /** Whatever the same trouble is called meanwhile. */
    @Test
    void theSameCauseIsNotToldTwice() throws IOException {
        for (String name : List.of("unreachable-as-before", "conflict-told-before", "check-failed-tools-kept")) {
            Row row = Row.named(name);

            assertThat(row.registration().path("events")).as(name).isEmpty();
        }
    }
}
