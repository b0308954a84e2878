package io.mcpgateway.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.api.contract.ConfigHash;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileWatcherTest {
    private static final String ONE = "servers: [{name: ns/one, url: 'http://127.0.0.1:1/mcp', toolPrefix: a_}]\n";
    private static final String TWO = ONE.replace("a_", "b_");

    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SnapshotCell cell = new SnapshotCell();
    private final AtomicBoolean superseded = new AtomicBoolean();
    private Path file = Path.of("");
    private ConfigFileWatcher watcher = watching(Path.of(""), Duration.ofDays(1));

    @BeforeEach
    void writeFirst() throws IOException {
        file = directory.resolve("config.yaml");
        Files.writeString(file, ONE);
        watcher = watching(file, Duration.ofDays(1));
    }

    @AfterEach
    void close() {
        watcher.close();
    }

    @Test
    void startLoadsTheFileAndItsHash() {
        assertThat(watcher.start()).isEmpty();

        assertThat(cell.get().config().servers()).hasSize(1);
        assertThat(cell.get().configHash()).isEqualTo(ConfigHash.of(ONE));
    }

    @Test
    void aMissingFileKeepsTheProcessFromStarting() {
        try (ConfigFileWatcher missing = watching(directory.resolve("none.yaml"), Duration.ofDays(1))) {
            assertThat(missing.start())
                    .singleElement()
                    .asString()
                    .contains("none.yaml")
                    .contains("no such file");
        }
    }

    /** Cut between two lines it is valid still, with a server less; cut within a line it may be, with a shorter name. */
    @Test
    void aFileWithoutItsEndIsNotTaken() throws IOException {
        String whole = """
                servers:
                - name: ns/one
                  url: http://127.0.0.1:1/mcp
                - name: ns/two
                  url: http://127.0.0.1:2/mcp
                """;
        Files.writeString(file, whole);
        watcher.start();

        for (int end = whole.indexOf("- name: ns/two") + 1; end < whole.length(); end++) {
            Files.writeString(file, whole.substring(0, end).stripTrailing());
            watcher.poll();
            watcher.poll();
            assertThat(cell.get().config().servers()).as("cut at %d", end).hasSize(2);
        }
        assertThat(loads("refused")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MCP.example.com", "localhost"})
    void noVirtualServerTakesAPublicHostFromTheOthers(String host) throws IOException {
        Files.writeString(file, "virtualServers:\n- {name: ns/vs, tools: [a], hostname: " + host + "}\n");

        assertThat(watcher.start())
                .singleElement()
                .asString()
                .contains("virtual server 'ns/vs': its hostname " + host.toLowerCase(Locale.ROOT)
                        + " is the gateway's own public host");
    }

    @Test
    void aNewContentCountsOnceItWasReadTwice() throws IOException {
        watcher.start();

        Files.writeString(file, TWO);
        watcher.poll();
        assertThat(prefix()).isEqualTo("a_");
        watcher.poll();
        assertThat(prefix()).isEqualTo("b_");
    }

    @Test
    void truncateThenWriteLosesNothing() throws IOException {
        watcher.start();
        List<Integer> seen = new java.util.ArrayList<>();
        cell.addListener((before, after) -> seen.add(after.config().servers().size()));

        Files.writeString(file, "");
        watcher.poll();
        Files.writeString(file, TWO);
        watcher.poll();
        watcher.poll();

        assertThat(seen).containsExactly(1);
        assertThat(prefix()).isEqualTo("b_");
    }

    @Test
    void anAtomicSymlinkSwapIsSeen() throws IOException {
        Path link = directory.resolve("linked.yaml");
        Path next = Files.writeString(directory.resolve("next.yaml"), TWO);
        Files.createSymbolicLink(link, file);
        try (ConfigFileWatcher linked = watching(link, Duration.ofMillis(10))) {
            assertThat(linked.start()).isEmpty();
            Path swap = Files.createSymbolicLink(directory.resolve("swap"), next);
            Files.move(swap, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

            await().untilAsserted(() -> assertThat(prefix()).isEqualTo("b_"));
        }
    }

    @Test
    void aBrokenFileKeepsTheLastGoodConfigurationAndIsSaidOnce() throws IOException {
        watcher.start();

        Files.writeString(file, "servers: [");
        for (int look = 0; look < 5; look++) {
            watcher.poll();
        }

        assertThat(prefix()).isEqualTo("a_");
        assertThat(loads("refused")).isEqualTo(1.0);
    }

    @Test
    void aVanishedFileKeepsTheLastGoodConfigurationAndItsReturnIsSeen() throws IOException {
        watcher.start();

        Files.delete(file);
        watcher.poll();
        watcher.poll();
        assertThat(prefix()).isEqualTo("a_");
        assertThat(loads("refused")).isEqualTo(1.0);

        Files.writeString(file, TWO);
        watcher.poll();
        watcher.poll();
        assertThat(prefix()).isEqualTo("b_");
    }

    @Test
    void theSameContentAgainChangesNothing() throws IOException {
        watcher.start();
        long revision = cell.get().revision();

        Files.writeString(file, ONE);
        watcher.poll();
        watcher.poll();

        assertThat(cell.get().revision()).isEqualTo(revision);
    }

    @Test
    void aChangedUrlOrStateIsSeen() throws IOException {
        watcher.start();

        Files.writeString(file, ONE.replace(":1/mcp", ":2/mcp"));
        watcher.poll();
        watcher.poll();
        assertThat(cell.get().config().servers().getFirst().url()).hasPort(2);

        Files.writeString(file, ONE.replace("toolPrefix", "state: Disabled, toolPrefix"));
        watcher.poll();
        watcher.poll();
        assertThat(cell.get().config().servers().getFirst().enabled()).isFalse();
        assertThat(cell.get().table().servers()).isEmpty();
    }

    @Test
    void aFileThatAFresherSourceSupersedesIsNotedAndCountsFromItsNextChangeOn() throws IOException {
        watcher.start();
        superseded.set(true);

        Files.writeString(file, TWO);
        watcher.poll();
        watcher.poll();
        assertThat(prefix()).isEqualTo("a_");

        superseded.set(false);
        watcher.poll();
        assertThat(prefix()).isEqualTo("a_");
        Files.writeString(file, TWO.replace("b_", "c_"));
        watcher.poll();
        watcher.poll();
        assertThat(prefix()).isEqualTo("c_");
    }

    private String prefix() {
        return cell.get().config().servers().getFirst().toolPrefix();
    }

    private double loads(String outcome) {
        return registry.find("mcp_broker_config_loads").tag("outcome", outcome).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private ConfigFileWatcher watching(Path path, Duration interval) {
        return new ConfigFileWatcher(
                path,
                interval,
                new ConfigApplier(
                        cell, new GatewayMetrics(registry), Optional.empty(), Set.of("mcp.example.com", "localhost")),
                superseded::get);
    }
}
