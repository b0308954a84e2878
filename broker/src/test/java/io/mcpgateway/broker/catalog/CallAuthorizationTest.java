package io.mcpgateway.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.UpstreamAuthorization;
import io.mcpgateway.broker.era.ServerEras;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallAuthorizationTest {
    @ParameterizedTest
    @EnumSource
    void theModeIsThatOfTheConfiguration(UpstreamAuthorization mode) {
        assertThat(route(mode, "Bearer hidden").authorization().mode()).isEqualTo(mode);
    }

    @Test
    void withoutACredentialNothingIsShared() {
        assertThat(route(UpstreamAuthorization.SHARED, null).authorization()).isEqualTo(new CallAuthorization.None());
    }

    @ParameterizedTest
    @EnumSource
    void theCredentialIsNotPrinted(UpstreamAuthorization mode) {
        assertThat(route(mode, "Bearer hidden").toString()).contains("ns/one").doesNotContain("hidden");
    }

    private static ServerRoute route(UpstreamAuthorization mode, @Nullable String credential) {
        McpServer server = new McpServer(
                new ServerName("ns/one"),
                URI.create("http://one.test/mcp"),
                "one.mcp.local",
                "",
                Optional.ofNullable(credential).map(Credential::new),
                mode,
                Optional.empty(),
                Optional.empty(),
                AnonymousSessions.PER_CALL,
                McpServer.State.ENABLED);
        return ServerRoute.of(server, ServerEras.NONE);
    }
}
