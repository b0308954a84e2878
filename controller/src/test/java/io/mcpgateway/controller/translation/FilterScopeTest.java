package io.mcpgateway.controller.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.envoy.Scope;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.registration.Attachment;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FilterScopeTest {
    @Test
    void itHoldsThePublicHostAndTheHostsOfListenersWithServers() {
        Scope.Hosts scope = scope(attached("*.mcp.local", "Exact.example.com", "mcp.example.com"));

        assertThat(scope)
                .isEqualTo(new Scope.Hosts("mcp.example.com", List.of("exact.example.com"), List.of("*.mcp.local")));
    }

    @Test
    void oneMoreRegistrationOnTheSameListenerChangesNothing() {
        Attachment first = attached("*.mcp.local");

        assertThat(scope(first, attached("*.mcp.local"))).isEqualTo(scope(first));
    }

    @Test
    void aHostThatEnvoyMightRefuseIsLeftOut() {
        assertThat(scope(attached("", "*", "a b", "*.x[.]y", "x\"y", "*.*.z"))).isEqualTo(scope());
    }

    private static Scope.Hosts scope(Attachment... attachments) {
        return FilterScope.of("mcp.example.com", Arrays.asList(attachments), Set.of());
    }

    private static Attachment attached(String... hosts) {
        return new Attachment(
                new ObjectKey("mcp-system", "mcp-gateway"), "mcp.example.com", true, List.of(), Arrays.asList(hosts));
    }
}
