package io.mcpgateway.e2e.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuiteTest {
    @Test
    void serverScenariosAreTakenFromTheSuitesList() {
        List<String> lines = List.of(
                "Required for 2025-11-25 (4 scenarios, frozen; run at the 2025-11-25 wire):",
                "",
                "Server scenarios (test against a server):",
                "  - ping",
                "  - tools-list",
                "",
                "Client scenarios (test against a client):",
                "  - initialize",
                "  - auth/basic-cimd",
                "",
                "Run and reported, but never scored:",
                "  pending (2):",
                "    - server-sse-polling [server]",
                "    - auth/dpop [client]");

        assertThat(Suite.listed(lines)).containsExactly("ping", "tools-list", "server-sse-polling");
    }

    @Test
    void listWithoutScenariosGivesNone() {
        assertThat(Suite.listed(List.of("", "error: unknown revision"))).isEmpty();
    }
}
