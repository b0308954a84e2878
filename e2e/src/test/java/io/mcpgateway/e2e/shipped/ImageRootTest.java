package io.mcpgateway.e2e.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The result of {@code scripts/image.sh root}, which the installation scenarios run. */
@Tag("bed")
class ImageRootTest {
    private static final Path IMAGES = ProjectFolder.locate().resolve("target/images");

    @ParameterizedTest
    @ValueSource(strings = {"broker", "controller"})
    void theBillOfMaterialsNamesEveryLibrary(String name) throws IOException {
        Path app = IMAGES.resolve(name).resolve("root/app");
        JsonNode bill = new ObjectMapper().readTree(app.resolve("sbom.json").toFile());
        Set<String> named = new TreeSet<>();
        bill.path("components").forEach(component -> named.add(jar(component)));

        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bill.path("specVersion").asText()).isEqualTo("1.6");
        assertThat(named).containsAll(names(app.resolve("lib")));
        assertThat(bill.path("components"))
                .allSatisfy(component -> assertThat(component.path("licenses"))
                        .as(component.path("purl").asText())
                        .isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "controller"})
    void nothingButJavaCanBeRun(String name) throws IOException {
        Path root = IMAGES.resolve(name).resolve("root");
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(Files::isExecutable)
                            .map(file -> root.relativize(file).toString())
                            .filter(file -> !file.matches(".*\\.so(\\.[0-9]+)*")))
                    .allMatch(file -> file.startsWith("opt/java/") || file.contains("ld-linux"));
        }
    }

    /** The image's user owns no file in it. */
    @ParameterizedTest
    @ValueSource(strings = {"broker", "controller"})
    void anyUserCanReadItAndWriteToTmpOnly(String name) throws IOException {
        Path root = IMAGES.resolve(name).resolve("root");
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> all = files.filter(file -> !Files.isSymbolicLink(file)).toList();
            assertThat(all).allSatisfy(file -> assertThat(permissions(file)).contains(PosixFilePermission.OTHERS_READ));
            assertThat(all)
                    .filteredOn(file -> permissions(file).contains(PosixFilePermission.OTHERS_WRITE))
                    .containsExactly(root.resolve("tmp"));
        }
    }

    private static Set<PosixFilePermission> permissions(Path file) {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String jar(JsonNode component) {
        String purl = component.path("purl").asText();
        String classifier = purl.contains("classifier=") ? "-" + purl.replaceAll(".*classifier=([^&]*).*", "$1") : "";
        return component.path("name").asText() + "-" + component.path("version").asText() + classifier + ".jar";
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> folder.relativize(file).toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
