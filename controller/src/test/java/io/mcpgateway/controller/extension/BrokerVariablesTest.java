package io.mcpgateway.controller.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerVariablesTest {
    @Test
    void nothingAskedNothingSet() {
        assertThat(of("")).isEmpty();
    }

    @Test
    void theResourceIsTheAddressThatClientsUse() {
        assertThat(of("oauthProtectedResource: {authorizationServers: ['https://issuer.example.com/realms/mcp']}"))
                .isEqualTo(Map.of(
                        "OAUTH_RESOURCE",
                        "https://mcp.example.com/mcp",
                        "OAUTH_AUTHORIZATION_SERVERS",
                        "https://issuer.example.com/realms/mcp"));
    }

    @Test
    void everyMemberHasItsVariable() {
        assertThat(of("""
                logLevel: warn
                  oauthProtectedResource:
                    authorizationServers: ['https://a', 'https://b']
                    resourceName: Tools
                    resource: http://mcp.127-0-0-1.sslip.io:8001/mcp
                    bearerMethodsSupported: [header, body]
                    scopesSupported: [openid, groups]
                """))
                .isEqualTo(Map.of(
                        "LOG_LEVEL",
                        "warn",
                        "OAUTH_AUTHORIZATION_SERVERS",
                        "https://a,https://b",
                        "OAUTH_RESOURCE_NAME",
                        "Tools",
                        "OAUTH_RESOURCE",
                        "http://mcp.127-0-0-1.sslip.io:8001/mcp",
                        "OAUTH_BEARER_METHODS_SUPPORTED",
                        "header,body",
                        "OAUTH_SCOPES_SUPPORTED",
                        "openid,groups"));
    }

    @Test
    void tracesHaveTheVariablesOfOpenTelemetry() {
        assertThat(of("tracing: {endpoint: 'http://collector:4318'}"))
                .isEqualTo(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"));
        assertThat(of("tracing: {endpoint: 'http://collector:4318', samplingPercentage: 5}"))
                .isEqualTo(Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://collector:4318",
                        "OTEL_TRACES_SAMPLER",
                        "parentbased_traceidratio",
                        "OTEL_TRACES_SAMPLER_ARG",
                        "0.05"));
    }

    private static Map<String, String> of(String members) {
        MCPGatewayExtension extension = ObjectYaml.read(
                MCPGatewayExtension.class,
                "metadata: {name: e, namespace: ns}\nspec:\n  targetRef: {name: g}\n  " + members);
        return BrokerVariables.of(extension.getSpec(), "mcp.example.com");
    }
}
