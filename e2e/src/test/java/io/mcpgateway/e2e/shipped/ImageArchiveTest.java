package io.mcpgateway.e2e.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive that {@code scripts/image.sh archive} writes, read back as an importer reads it: containerd (k3s, kind) goes
 * by oci-layout and index.json, older Docker by manifest.json.
 */
class ImageArchiveTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREATED = "2026-11-23T00:00:00Z";

    @TempDir
    private Path folder = Path.of("");

    private Path root = Path.of("");
    private Path image = Path.of("");

    @BeforeEach
    void pack() throws Exception {
        root = folder.resolve("root");
        write("opt/java/bin/java", "#!/bin/sh\n", "rwxr-xr-x");
        Files.createSymbolicLink(root.resolve("opt/java/run"), Path.of("bin/java"));
        write("etc/passwd", "nonroot:x:65532:65532:nonroot:/tmp:/none\n", "rw-r--r--");
        write("app/lib/library.jar", "library", "rw-r--r--");
        write("app/program.jar", "program", "rw-r--r--");
        write("app/app.aot", "cache", "rw-r--r--");
        Files.createDirectories(root.resolve("tmp"));
        // Java has no name for the sticky bit.
        run("chmod", "1777", root.resolve("tmp").toString());
        image = unpacked("one.tar");
    }

    @Test
    void everyNameLeadsToTheSameManifest() throws IOException {
        assertThat(json("oci-layout").path("imageLayoutVersion").asText()).isEqualTo("1.0.0");
        JsonNode index = json("index.json");
        assertThat(index.path("schemaVersion").asInt()).isEqualTo(2);
        assertThat(index.findValuesAsText("io.containerd.image.name"))
                .containsExactly(
                        "docker.io/library/mcp-gateway:0.1.0",
                        "example.org/mcp-gateway:dev",
                        "docker.io/team/x:1",
                        "localhost:5000/y:2");
        assertThat(index.findValuesAsText("digest"))
                .hasSize(4)
                .containsOnly(descriptor().path("digest").asText());
        assertThat(json("manifest.json").size()).isEqualTo(1);
        List<String> tags = new ArrayList<>();
        json("manifest.json").at("/0/RepoTags").forEach(tag -> tags.add(tag.asText()));
        assertThat(tags)
                .containsExactly("mcp-gateway:0.1.0", "example.org/mcp-gateway:dev", "team/x:1", "localhost:5000/y:2");
    }

    @Test
    void everyDescriptorIsTrueOfItsBlob() throws Exception {
        JsonNode manifest = JSON.readTree(blob(descriptor()));
        assertThat(manifest.path("mediaType").asText())
                .isEqualTo(descriptor().path("mediaType").asText());
        JsonNode config = JSON.readTree(blob(manifest.path("config")));
        List<String> differences = new ArrayList<>();
        for (JsonNode layer : manifest.path("layers")) {
            assertThat(layer.path("mediaType").asText()).isEqualTo("application/vnd.oci.image.layer.v1.tar+gzip");
            differences.add("sha256:" + sha256(plain(layer)));
        }
        assertThat(differences).hasSize(4);
        assertThat(texts(config.at("/rootfs/diff_ids"))).isEqualTo(differences);
        assertThat(config.path("history").size()).isEqualTo(4);
        assertThat(config.path("os").asText()).isEqualTo("linux");
        assertThat(config.path("architecture").asText()).isIn("amd64", "arm64");
        assertThat(config.at("/config/User").asText()).isEqualTo("65532:65532");
        assertThat(texts(config.at("/config/Entrypoint")))
                .containsExactly("/opt/java/bin/java", "@/app/java.options", "io.example.Main");

        JsonNode docker = json("manifest.json").get(0);
        assertThat(docker.path("Config").asText()).isEqualTo(location(manifest.path("config")));
        List<String> layers = new ArrayList<>();
        manifest.path("layers").forEach(layer -> layers.add(location(layer)));
        assertThat(texts(docker.path("Layers"))).isEqualTo(layers);
        try (Stream<Path> blobs = Files.list(image.resolve("blobs/sha256"))) {
            assertThat(blobs).hasSize(6);
        }
    }

    /** Folders come before their contents, owned by root, with their permissions; all layers together are the root. */
    @Test
    void layersAreTheRootAgain() throws Exception {
        Path again = Files.createDirectory(folder.resolve("again"));
        List<String> entries = new ArrayList<>();
        for (JsonNode layer : JSON.readTree(blob(descriptor())).path("layers")) {
            Path file = Files.write(folder.resolve("layer.tar"), plain(layer));
            entries.addAll(run("tar", "-tvf", file.toString(), "--numeric-owner")
                    .lines()
                    .toList());
            run("tar", "-xpf", file.toString(), "-C", again.toString());
        }

        assertThat(run("diff", "-r", "--no-dereference", root.toString(), again.toString()))
                .isEmpty();
        assertThat(entries).allMatch(entry -> entry.contains(" 0/0 ") && entry.contains("2026-11-23"));
        assertThat(entries).anyMatch(entry -> entry.startsWith("drwxrwxrwt") && entry.endsWith(" tmp/"));
        assertThat(entries).anyMatch(entry -> entry.startsWith("-rwxr-xr-x") && entry.endsWith(" opt/java/bin/java"));
        assertThat(entries).anyMatch(entry -> entry.startsWith("l") && entry.endsWith("opt/java/run -> bin/java"));
        assertThat(entries).noneMatch(entry -> entry.contains(" /") || entry.contains("../"));
    }

    @Test
    void theSameRootGivesTheSameArchive() throws Exception {
        unpacked("two.tar");

        assertThat(folder.resolve("two.tar")).hasSameBinaryContentAs(folder.resolve("one.tar"));
    }

    private Path unpacked(String name) throws Exception {
        Path tar = folder.resolve(name);
        String script = ProjectFolder.locate().resolve("scripts/oci.py").toString();
        run(
                "python3",
                script,
                "broker",
                "io.example.Main",
                root.toString(),
                tar.toString(),
                CREATED,
                "example.org/mcp-gateway:dev",
                "team/x:1",
                "localhost:5000/y:2");
        Path target = Files.createDirectory(folder.resolve(name + ".d"));
        run("tar", "-xf", tar.toString(), "-C", target.toString());
        return target;
    }

    private void write(String name, String text, String rights) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }

    private JsonNode json(String name) throws IOException {
        return JSON.readTree(image.resolve(name).toFile());
    }

    private JsonNode descriptor() throws IOException {
        return json("index.json").at("/manifests/0");
    }

    /** The blob, if digest and size are right. */
    private byte[] blob(JsonNode descriptor) throws Exception {
        byte[] bytes = Files.readAllBytes(image.resolve(location(descriptor)));
        assertThat("sha256:" + sha256(bytes))
                .isEqualTo(descriptor.path("digest").asText());
        assertThat(bytes.length).isEqualTo(descriptor.path("size").asInt());
        return bytes;
    }

    private byte[] plain(JsonNode layer) throws Exception {
        try (GZIPInputStream text = new GZIPInputStream(new ByteArrayInputStream(blob(layer)))) {
            return text.readAllBytes();
        }
    }

    private static String location(JsonNode descriptor) {
        return "blobs/" + descriptor.path("digest").asText().replace(':', '/');
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + "\n" + output)
                .isZero();
        return output;
    }
}
