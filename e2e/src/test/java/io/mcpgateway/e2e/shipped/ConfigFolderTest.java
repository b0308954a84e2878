package io.mcpgateway.e2e.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** config/: everything is part of a kustomization, and every kustomization can be rendered. */
class ConfigFolderTest {
    private static final Path CONFIG = ProjectFolder.locate().resolve("config");

    /** Pages of docs/ apply these by name, or start them with Docker Compose. */
    private static final Set<Path> APPLIED_BY_THEMSELVES = Set.of(
            CONFIG.resolve("samples/own-server.yaml"),
            CONFIG.resolve("samples/idle-connections.yaml"),
            CONFIG.resolve("compose/compose.yaml"),
            CONFIG.resolve("compose/config.yaml"));

    @Test
    void everyFileBelongsToAKustomization() {
        Set<Path> used = new TreeSet<>(APPLIED_BY_THEMSELVES);
        for (Path file : kustomizations()) {
            used.add(file);
            JsonNode kustomization = read(file);
            kustomization.path("resources").forEach(name -> used.add(file.resolveSibling(name.asText())));
            kustomization
                    .path("patches")
                    .forEach(patch ->
                            used.add(file.resolveSibling(patch.path("path").asText())));
            kustomization
                    .path("configMapGenerator")
                    .forEach(map -> map.path("files").forEach(name -> used.add(file.resolveSibling(name.asText()))));
        }
        assertThat(files()).isNotEmpty().isSubsetOf(used);
    }

    @Test
    void everyKustomizationIsRendered() {
        for (Path file : kustomizations()) {
            assertThat(Manifests.ofKustomization(file.resolveSibling("").toString())
                            .objects())
                    .as(file.toString())
                    .isNotEmpty();
        }
    }

    /** docs/install.md shows how to use other images and another Gateway. */
    @Test
    void theDocumentedOverlayReplacesImagesAndExtension(@TempDir Path folder) throws IOException {
        String page = Files.readString(CONFIG.resolveSibling("docs/install.md"));
        Matcher overlay = Pattern.compile("```yaml\\R(# kustomization\\.yaml\\R.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(overlay.find()).isTrue();
        Files.createSymbolicLink(folder.resolve("config"), CONFIG);
        Files.writeString(folder.resolve("kustomization.yaml"), overlay.group(1));
        Files.writeString(
                folder.resolve("extension.yaml"),
                Files.readString(CONFIG.resolve("install/extension.yaml"))
                        .replace("name: mcp-gateway\n", "name: edge\n"));

        Manifests rendered = Manifests.ofKustomization(folder.toString());
        Files.delete(folder.resolve("config"));

        JsonNode container =
                rendered.get("Deployment mcp-system/mcp-gateway-controller").at("/spec/template/spec/containers/0");
        assertThat(container.path("image").asText()).isEqualTo("registry.example.com/mcp-gateway-controller:0.1.0");
        assertThat(container.path("env"))
                .filteredOn(variable -> "RELATED_IMAGE_ROUTER_BROKER"
                        .equals(variable.path("name").asText()))
                .singleElement()
                .satisfies(variable -> assertThat(variable.path("value").asText())
                        .isEqualTo("registry.example.com/mcp-gateway:0.1.0"));
        assertThat(container.path("args").toString()).contains("--finish-on-uninstall=mcp-gateway-controller");
        assertThat(rendered.objects().entrySet())
                .filteredOn(entry -> entry.getKey().startsWith("ConfigMap mcp-system/mcp-gateway-objects"))
                .singleElement()
                .satisfies(entry -> assertThat(
                                entry.getValue().at("/data/extension.yaml").asText())
                        .contains("name: edge"));
    }

    private static Set<Path> kustomizations() {
        return files().stream()
                .filter(file -> file.endsWith("kustomization.yaml"))
                .collect(Collectors.toSet());
    }

    private static Set<Path> files() {
        try (Stream<Path> files = Files.walk(CONFIG)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return new YAMLMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
