package io.mcpgateway.e2e.bench.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgateway.e2e.bench.kept.KeptRun.Figure;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of docs/performance.md says what the raw data in docs/bench say. {@code -Dgenerate=update} makes it anew. */
class KeptRunsTest {
    private static final Path DOCS = ProjectFolder.locate().resolve("docs");
    private static final Path PAGE = DOCS.resolve("performance.md");

    @TempDir
    Path folder = Path.of("");

    @Test
    void thePageShowsTheKeptRuns() throws IOException {
        List<KeptRun> runs = new ArrayList<>();
        try (Stream<Path> files = Files.list(DOCS.resolve("bench"))) {
            for (Path file : files.sorted().toList()) {
                runs.add(KeptRun.read(file));
            }
        }
        String page = Files.readString(PAGE);
        String right = RunTable.with(page, runs);
        if ("update".equals(System.getProperty("generate"))) {
            Files.writeString(PAGE, right);
            page = right;
        }

        assertThat(page).isEqualTo(right);
    }

    @Test
    void aRunIsReadAsItWasWritten() throws IOException {
        KeptRun run = run("2026-12-01T14:05Z", 7.0, 9.0, 8.0);

        Path file = run.write(folder.resolve("bench"));

        assertThat(file.getFileName()).hasToString("2026-12-01T1405Z.json");
        assertThat(KeptRun.read(file)).isEqualTo(run);
    }

    @Test
    void ofEachFigureTheTableHasTheMiddleRunAndTheSpread() {
        assertThat(RunTable.part(List.of(
                        run("2026-12-01T14:05Z", 7.0, 9.0, 8.0),
                        run("2026-12-01T15:05Z", 1234.0),
                        run("2026-12-01T16:05Z", 0.456))))
                .startsWith("""
                        | scenario | figures |
                        |---|---|
                        | ping | p50 8.00 (0.46 to 1,234) ms |
                        """)
                .contains("[2026-12-01T14:05Z](bench/2026-12-01T1405Z.json), 3 rounds of 2 s, 2 cores");
    }

    @Test
    void aPageWithoutAPlaceForItIsRefused() {
        assertThatThrownBy(() -> RunTable.with("# Performance\n", List.of()))
                .hasMessageContaining("made by make bench");
    }

    private static KeptRun run(String taken, Double... values) {
        return new KeptRun(taken, "2 cores", 3, 2, List.of(new Figure("ping", "p50, ms", List.of(values))));
    }
}
