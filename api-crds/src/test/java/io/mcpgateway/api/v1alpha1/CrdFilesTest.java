package io.mcpgateway.api.v1alpha1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The CRD files in config/ and charts/ are what the classes say. With {@code -Dgenerate=update} (make generate) the
 * files are written anew instead of compared.
 */
class CrdFilesTest {
    /** Maven runs tests in the folder of the module, one below. */
    private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");

    @Test
    void theFilesAreWhatTheClassesSay() throws IOException {
        Map<Path, String> files = CrdFiles.generate();
        if ("update".equals(System.getProperty("generate"))) {
            for (Map.Entry<Path, String> file : files.entrySet()) {
                Path path = ROOT.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue(), UTF_8);
            }
        }

        for (Map.Entry<Path, String> file : files.entrySet()) {
            assertThat(ROOT.resolve(file.getKey()))
                    .as("out of date; run: make generate")
                    .hasContent(file.getValue());
        }
    }

    @Test
    void noOtherFilesLieBesideThem() throws IOException {
        TreeSet<Path> there = new TreeSet<>();
        for (Path folder : new Path[] {Path.of("config", "crd"), Path.of("charts", "mcp-gateway", "crds")}) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                files.map(file -> folder.resolve(file.getFileName())).forEach(there::add);
            }
        }

        assertThat(there).isEqualTo(CrdFiles.generate().keySet());
    }

    @Test
    void generatingTwiceGivesTheSameText() throws IOException {
        assertThat(CrdFiles.generate()).isEqualTo(CrdFiles.generate());
    }
}
