package io.mcpgateway.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.fixture.TestFolders;
import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.process.FreePort;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.servers.SampleKind;
import io.mcpgateway.e2e.servers.SampleOptions;
import io.mcpgateway.e2e.servers.SampleServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The demo as its user sees it: a process that prints. */
class DemoTest {
    private static final Duration START = Duration.ofMinutes(2);

    private final List<AutoCloseable> servers = new ArrayList<>();
    private final List<AutoCloseable> demos = new ArrayList<>();
    private Path folder;
    private Path log;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = TestFolders.create("demo");
        log = folder.resolve("demo.log");
    }

    /** The demo first, because a server does not stop while the demo's broker is connected. */
    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable demo : demos) {
            demo.close();
        }
        for (AutoCloseable server : servers) {
            server.close();
        }
    }

    @Test
    void aServerThatIsDownIsNamedWithItsReasonAtOnceAndFollowedFromThenOn() throws IOException {
        int port = FreePort.next();
        write(entry("a/late", "http://127.0.0.1:" + port + "/mcp", "late_") + entry("a/up", sample(0), "up_"));
        start("config.yaml");
        awaitLine(START, "  a/late: .*connection refused.*");
        assertThat(lines())
                .anyMatch(line -> line.startsWith("up_"))
                .anyMatch(line ->
                        line.matches("If something is broken: .* --broker-url http://127\\.0\\.0\\.1:\\d+/ .*"));

        sample(port);

        awaitLine(START, "late_\\S+ +a/late .*");
    }

    @Test
    void anEditShowsTheProblemsOrTheNewTable() throws IOException {
        String up = sample(0);
        write(entry("a/up", up, "up_"));
        start("config.yaml");
        awaitLine(START, "up_\\S+ +a/up .*");

        write(entry("a/up", up, "first_") + entry("a/up", up, "second_"));
        awaitLine(Duration.ofSeconds(20), "demo: the file is refused; .*");
        awaitLine(Duration.ofSeconds(1), "  .*a/up.*");

        write(entry("a/up", up, "fresh_"));
        awaitLine(Duration.ofSeconds(20), "fresh_\\S+ +a/up .*");
    }

    @Test
    void aFileThatIsRefusedAtTheStartIsExplained() throws IOException {
        write("servers:\n- name: a/up\n");
        ChildProcess demo = start("config.yaml");

        assertThat(demo.ended()
                        .orTimeout(60, java.util.concurrent.TimeUnit.SECONDS)
                        .join())
                .isEqualTo(1);
        assertThat(lines())
                .anyMatch(line -> line.startsWith("demo: ") && line.endsWith("config.yaml is refused:"))
                .anyMatch(line -> line.matches("  .*url.*"));
    }

    @Test
    void aFileThatIsNotThereIsSaidToBeMissingWithItsWholeName() throws IOException {
        ChildProcess demo = start("absent.yaml");

        assertThat(demo.ended()
                        .orTimeout(30, java.util.concurrent.TimeUnit.SECONDS)
                        .join())
                .isEqualTo(1);
        assertThat(lines()).containsExactly("demo: cannot read " + folder.resolve("absent.yaml") + " (CONFIG)");
    }

    @Test
    void stoppingItSaysThatEverythingIsStopped() throws IOException {
        write(entry("a/up", sample(0), "up_"));
        ChildProcess demo = start("config.yaml");
        awaitLine(START, "Edit .*config.yaml.*Ctrl-C.*");

        demo.close();

        assertThat(lines()).endsWith("demo: stopping ...", "demo: everything is stopped");
    }

    private ChildProcess start(String config) throws IOException {
        ProjectFolder project = ProjectFolder.locate();
        List<String> command =
                new ArrayList<>(project.javaCommand(List.of("-XX:+UseSerialGC"), "io.mcpgateway.e2e.demo.Demo"));
        command.addAll(List.of("--port", Integer.toString(FreePort.next()), "--config", config));
        ChildProcess demo = ChildProcess.start("demo", command, Map.of("CALLER_FOLDER", folder.toString()), log);
        demos.add(demo);
        return demo;
    }

    private String sample(int port) throws IOException {
        SampleServer server = SampleServer.start(new SampleOptions(SampleKind.SERVER1, "127.0.0.1", port, 0, "unused"));
        servers.add(server);
        return server.url().toString();
    }

    private static String entry(String name, String url, String prefix) {
        return "- {name: " + name + ", url: '" + URI.create(url) + "', toolPrefix: " + prefix + "}\n";
    }

    private void write(String entries) throws IOException {
        Path fresh = folder.resolve("fresh.yaml");
        Files.writeString(fresh, entries.startsWith("servers:") ? entries : "servers:\n" + entries);
        Files.move(fresh, folder.resolve("config.yaml"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitLine(Duration limit, String pattern) {
        await(pattern)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(lines()).anyMatch(line -> line.matches(pattern)));
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
    }
}
