package io.mcpgateway.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InjectedCredentialTest {
    @Test
    void nothingIsInjectedUnlessAskedFor() {
        assertThat(route(McpServer.Injection.NEVER, "Bearer hidden").injected()).isEmpty();
        assertThat(route(McpServer.Injection.ALWAYS, null).injected()).isEmpty();
    }

    @Test
    void theClientsOwnStaysUnlessTheOwnerSaysAlways() {
        InjectedCredential ifAbsent =
                route(McpServer.Injection.IF_ABSENT, "Bearer hidden").injected().orElseThrow();
        InjectedCredential always =
                route(McpServer.Injection.ALWAYS, "Bearer hidden").injected().orElseThrow();

        assertThat(ifAbsent.headerValue(true)).isEmpty();
        assertThat(ifAbsent.headerValue(false)).hasValue("Bearer hidden");
        assertThat(always.headerValue(true)).hasValue("Bearer hidden");
        assertThat(always.headerValue(false)).hasValue("Bearer hidden");
    }

    @Test
    void itNeverPrintsItself() {
        assertThat(route(McpServer.Injection.ALWAYS, "Bearer hidden").toString())
                .contains("ns/one")
                .doesNotContain("hidden");
    }

    private static ServerRoute route(McpServer.Injection injection, @org.jspecify.annotations.Nullable String value) {
        return ServerRoute.of(new McpServer(
                new ServerName("ns/one"),
                URI.create("http://one.test/mcp"),
                "one.mcp.local",
                "",
                Optional.ofNullable(value).map(Credential::new),
                injection,
                Optional.empty(),
                McpServer.State.ENABLED));
    }
}
