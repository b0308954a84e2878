package io.mcpgateway.e2e.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.FreePort;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/release.sh} with a registry on this machine and almost empty images. */
class ReleaseTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("broker", "controller", "sample-server");
    private static final Map<String, String> MACHINES = new TreeMap<>(Map.of("amd64", "x86_64", "arm64", "aarch64"));

    /** Packs an image as a machine of another architecture would. */
    private static final String PACK = """
            import platform, runpy, sys
            machine = sys.argv.pop(1)
            sys.argv.pop(0)
            platform.machine = lambda: machine
            runpy.run_path("scripts/oci.py", run_name="__main__")
            """;

    @TempDir
    private Path folder = Path.of("");

    private String registry = "";
    private final List<AutoCloseable> running = new ArrayList<>();

    @BeforeEach
    void pack() throws IOException {
        int port = FreePort.next();
        registry = "127.0.0.1:" + port + "/team/gateway";
        Path crane = Foreign.require(ForeignTool.CRANE);
        running.add(ChildProcess.start(
                "registry",
                List.of(crane.toString(), "registry", "serve", "--address", "127.0.0.1:" + port),
                Map.of(),
                folder.resolve("registry.log")));
        await().atMost(Duration.ofSeconds(10)).until(() -> !FreePort.isFree(port));
        for (String name : NAMES) {
            for (String architecture : MACHINES.keySet()) {
                image(name, architecture, "program of " + name);
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable process : running) {
            process.close();
        }
    }

    @Test
    void imagesOfEveryArchitectureAndAChartThatNamesThemAreInTheRegistry() throws IOException {
        Program.Result result = release("push", registry);

        assertThat(result.exitCode()).as(result.errors()).isZero();
        List<String> published = Files.readAllLines(folder.resolve("digests.txt"));
        assertThat(published)
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).matches("\\S+ " + registry + "/\\S+@sha256:[0-9a-f]{64}"));
        JsonNode index = JSON.readTree(crane("manifest", registry + "/mcp-gateway:" + version()));
        assertThat(index.findValuesAsText("architecture")).containsExactly("amd64", "arm64");
        assertThat(crane("digest", registry + "/mcp-gateway:" + version()).strip())
                .isEqualTo(published.getFirst().replaceFirst(".*@", ""));

        Program.helm()
                .output(
                        "pull",
                        "oci://" + registry + "/charts/mcp-gateway",
                        "--version",
                        version(),
                        "--plain-http",
                        "--destination",
                        folder.toString());
        String rendered = Program.helm()
                .output(
                        "template",
                        "x",
                        folder.resolve("mcp-gateway-" + version() + ".tgz").toString());
        assertThat(rendered)
                .contains("value: \"" + published.get(0).replace("broker ", "") + "\"")
                .contains("image: " + published.get(1).replace("controller ", "") + "\n")
                .doesNotContain(":" + version() + "\n");
    }

    @Test
    void publishingAgainChangesNothing() throws IOException {
        release("push", registry);
        String first = Files.readString(folder.resolve("digests.txt"));

        Program.Result second = release("push", registry);

        assertThat(second.exitCode()).as(second.errors()).isZero();
        assertThat(folder.resolve("digests.txt")).hasContent(first);
    }

    @Test
    void aPublishedVersionIsNeverReplaced() throws IOException {
        release("push", registry);
        String before = crane("digest", registry + "/mcp-gateway:" + version() + "-amd64");
        image("broker", "amd64", "another program");

        Program.Result second = release("push", registry);

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.errors()).contains("published already", "a release needs a new version");
        assertThat(crane("digest", registry + "/mcp-gateway:" + version() + "-amd64"))
                .isEqualTo(before);
    }

    @Test
    void anImageThatIsMissingIsNamedBeforeAnythingIsPushed() throws IOException {
        Files.delete(folder.resolve("images/sample-server-arm64.tar"));

        Program.Result result = release("push", registry);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors()).contains("no such file: " + folder.resolve("images/sample-server-arm64.tar"));
        assertThat(crane("catalog", registry.replaceFirst("/.*", ""))).isEmpty();
    }

    @Test
    void aRegistryThatDoesNotAnswerIsAnError() throws IOException {
        String nobody = "127.0.0.1:" + FreePort.next() + "/x";

        Program.Result result = release("push", nobody);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors()).contains("cannot read " + nobody + "/mcp-gateway:" + version());
    }

    @Test
    void theTagHasToBeTheVersion() throws IOException {
        Program.Result result = release("check", "v99.0.0");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors())
                .contains("the tag is v99.0.0, but pom.xml has " + version(), "scripts/release.sh version 99.0.0");
    }

    @Test
    void nothingToSignIsAnError() {
        Program.Result result = release("sign");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors()).contains("nothing to sign", "run scripts/release.sh push");
    }

    private void image(String name, String architecture, String program) throws IOException {
        Path root = folder.resolve("root-" + name);
        Files.createDirectories(root.resolve("app/lib"));
        Files.writeString(root.resolve("app/program.jar"), program);
        Files.createDirectories(folder.resolve("images"));
        new Program(Path.of("/usr/bin/env"))
                .output(
                        "python3",
                        "-c",
                        PACK,
                        Objects.requireNonNull(MACHINES.get(architecture)),
                        "oci.py",
                        name,
                        "io.example.Main",
                        root.toString(),
                        folder.resolve("images/" + name + "-" + architecture + ".tar")
                                .toString(),
                        "2026-11-23T00:00:00Z");
    }

    private Program.Result release(String... arguments) {
        List<String> command = new ArrayList<>(List.of("RELEASE_FOLDER=" + folder, "scripts/release.sh"));
        command.addAll(List.of(arguments));
        return new Program(Path.of("/usr/bin/env")).run(command.toArray(String[]::new));
    }

    private static String crane(String... arguments) {
        return new Program(Foreign.require(ForeignTool.CRANE)).output(arguments);
    }

    private static String version() {
        return new Program(ProjectFolder.locate().resolve("scripts/release.sh"))
                .output("version")
                .strip();
    }
}
