package io.mcpgateway.e2e.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** config/compose, without a container engine: what the file names exists, and the programs accept their flags. */
class ComposeFileTest {
    private final ProjectFolder project = ProjectFolder.locate();
    private final Path folder = project.resolve("config/compose");
    private final JsonNode compose = read(folder.resolve("compose.yaml"));

    @Test
    void whatIsBuiltHasItsDockerfileWhichNamesTheSameImage() {
        assertThat(services().values().stream().filter(service -> service.has("build")))
                .isNotEmpty()
                .allSatisfy(service -> {
                    Path context = folder.resolve(service.at("/build/context").asText())
                            .normalize();
                    Path file = context.resolve(service.at("/build/dockerfile").asText());
                    assertThat(file).exists();
                    assertThat(Files.readString(file))
                            .contains("-t " + service.path("image").asText() + " ");
                });
    }

    @Test
    void everyFlagExists() throws IOException {
        String broker = Files.readString(project.resolve("docs/cli-reference.md"));
        String sample =
                Files.readString(project.resolve("e2e/src/main/java/io/mcpgateway/e2e/servers/SampleServerMain.java"));
        for (String name : List.of("broker", "envoy-config", "server1", "server2")) {
            String known = name.startsWith("server") ? sample : broker;
            assertThat(words(service(name).path("command")).stream()
                            .filter(word -> word.startsWith("--"))
                            .map(word -> word.replaceFirst("=.*", "")))
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(flag -> assertThat(known).contains(flag));
        }
    }

    @Test
    void hostsAndPortsMeet() {
        List<String> envoyConfig = words(service("envoy-config").path("command"));
        List<String> broker = words(service("broker").path("command"));

        assertThat(envoyConfig).contains("--broker=broker:8080", "--router=broker:50051", "--listen=0.0.0.0:8888");
        assertThat(broker)
                .contains(
                        "--mcp-broker-public-address=0.0.0.0:8080",
                        "--mcp-router-address=0.0.0.0:50051",
                        "--mcp-gateway-private-host=envoy:8888");
        assertThat(words(service("envoy").path("ports"))).containsExactly("127.0.0.1:8888:8888");
    }

    @Test
    void everyServerOfTheConfigurationIsAService() {
        JsonNode servers = read(folder.resolve("config.yaml")).path("servers");
        assertThat(servers).isNotEmpty().allSatisfy(server -> {
            String host = java.net.URI.create(server.path("url").asText()).getHost();
            assertThat(services()).containsKey(host);
            assertThat(words(service(host).path("command"))).contains("--host=0.0.0.0", "--port=9090");
        });
    }

    @Test
    void whatIsPublishedIsForThisMachineOnly() {
        assertThat(services().values().stream().flatMap(service -> words(service.path("ports")).stream()))
                .isNotEmpty()
                .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
    }

    @Test
    void whatServicesShareIsDeclared() {
        List<String> volumes = services().values().stream()
                .flatMap(service -> StreamSupport.stream(service.path("volumes").spliterator(), false))
                .filter(volume -> volume.path("type").asText().equals("volume"))
                .map(volume -> volume.path("source").asText())
                .toList();
        assertThat(volumes)
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(compose.path("volumes").has(name)).isTrue());
        services()
                .values()
                .forEach(service -> service.path("depends_on")
                        .fieldNames()
                        .forEachRemaining(name -> assertThat(services()).containsKey(name)));
    }

    private Map<String, JsonNode> services() {
        return compose.path("services")
                .propertyStream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }

    private static JsonNode read(Path file) {
        try {
            return new YAMLMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read " + file, e);
        }
    }

    private JsonNode service(String name) {
        return Objects.requireNonNull(services().get(name), name);
    }
}
