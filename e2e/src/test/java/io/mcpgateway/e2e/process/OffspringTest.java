package io.mcpgateway.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffspringTest {
    /** A process that ends on SIGTERM, one that does not, and one that does not but whose parent does. */
    private static final String FAMILY = "sleep 300 & sh -c 'trap \"\" TERM; exec sleep 300' & "
            + "sh -c 'sh -c \"trap : TERM; while :; do sleep 0.1; done\" & echo there; wait' & wait; wait";

    @Test
    void allThatAProcessStartedEndsWithIt() throws IOException {
        Process parent = new ProcessBuilder("sh", "-c", FAMILY).start();
        try (BufferedReader said = parent.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("there");
            List<ProcessHandle> family = parent.descendants().toList();
            assertThat(family).hasSizeGreaterThanOrEqualTo(3);

            Offspring.end(parent.toHandle(), Duration.ofMillis(300));

            assertThat(family)
                    .allSatisfy(process -> assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(5)));
        } finally {
            parent.destroyForcibly();
        }
    }
}
