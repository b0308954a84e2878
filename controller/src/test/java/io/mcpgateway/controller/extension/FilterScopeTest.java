package io.mcpgateway.controller.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.mcpgateway.api.envoy.Scope;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.registration.Attachment;
import io.mcpgateway.controller.registration.PlannedRegistration;
import io.mcpgateway.controller.registration.RegistrationPlan;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FilterScopeTest {
    private static final ObjectKey EXTENSION = new ObjectKey("mcp-system", "mcp-gateway");

    @Test
    void itHoldsThePublicHostAndTheHostsOfListenersWithServers() {
        Scope.Hosts scope = scope(attached(EXTENSION, "*.mcp.local", "Exact.example.com", "mcp.example.com"));

        assertThat(scope)
                .isEqualTo(new Scope.Hosts("mcp.example.com", List.of("exact.example.com"), List.of("*.mcp.local")));
    }

    @Test
    void oneMoreRegistrationOnTheSameListenerChangesNothing() {
        PlannedRegistration first = attached(EXTENSION, "*.mcp.local");

        assertThat(scope(first, attached(EXTENSION, "*.mcp.local"))).isEqualTo(scope(first));
    }

    @Test
    void registrationsOfOtherExtensionsDoNotCount() {
        assertThat(scope(attached(new ObjectKey("team", "b"), "*.b.local"))).isEqualTo(scope());
    }

    @Test
    void aHostThatEnvoyMightRefuseIsLeftOut() {
        assertThat(scope(attached(EXTENSION, "", "*", "a b", "*.x[.]y", "x\"y", "*.*.z")))
                .isEqualTo(scope());
    }

    private static Scope.Hosts scope(PlannedRegistration... registrations) {
        ExtensionPlan.Proceed plan = new ExtensionPlan.Proceed(
                new ObjectKey("gw", "g"), new Listener(), "mcp.example.com", "gw:8080", Optional.empty(), List.of());
        return FilterScope.of(EXTENSION, plan, Arrays.asList(registrations));
    }

    private static PlannedRegistration attached(ObjectKey extension, String... hosts) {
        return new PlannedRegistration(
                ObjectYaml.read(MCPServerRegistration.class, "metadata: {name: r, namespace: ns}"),
                new RegistrationPlan.Invalid(
                        List.of(new Attachment(extension, "mcp.example.com", true, List.of(), Arrays.asList(hosts))),
                        "SecretNotFound",
                        "gone"));
    }
}
