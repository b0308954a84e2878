package io.mcpgateway.controller.extension;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionSpec;
import io.mcpgateway.api.v1alpha1.OAuthProtectedResource;
import io.mcpgateway.api.v1alpha1.TracingSpec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parts of an extension's spec that the broker gets as variables. Pure. */
final class BrokerVariables {
    private BrokerVariables() {}

    static SortedMap<String, String> of(MCPGatewayExtensionSpec spec, String publicHost) {
        SortedMap<String, String> variables = new TreeMap<>();
        if (spec.logLevel() != null) {
            variables.put(BrokerLaunch.ENV_LOG_LEVEL, spec.logLevel().name().toLowerCase(Locale.ROOT));
        }
        if (spec.oauthProtectedResource() != null) {
            oauth(variables, spec.oauthProtectedResource(), publicHost);
        }
        if (spec.tracing() != null) {
            tracing(variables, spec.tracing());
        }
        return variables;
    }

    /** A trace that began elsewhere is sampled as it is there. */
    private static void tracing(SortedMap<String, String> variables, TracingSpec tracing) {
        variables.put(BrokerLaunch.ENV_OTLP_ENDPOINT, tracing.endpoint());
        if (tracing.samplingPercentage() != null) {
            variables.put(BrokerLaunch.ENV_TRACES_SAMPLER, "parentbased_traceidratio");
            variables.put(
                    BrokerLaunch.ENV_TRACES_SAMPLER_ARG,
                    BigDecimal.valueOf(tracing.samplingPercentage(), 2).toPlainString());
        }
    }

    /** The resource is what clients type: they compare the two, character by character. */
    private static void oauth(SortedMap<String, String> variables, OAuthProtectedResource oauth, String publicHost) {
        variables.put(
                BrokerLaunch.ENV_OAUTH_RESOURCE,
                oauth.resource() == null ? "https://" + publicHost + BrokerLaunch.MCP_PATH : oauth.resource());
        if (oauth.resourceName() != null) {
            variables.put(BrokerLaunch.ENV_OAUTH_RESOURCE_NAME, oauth.resourceName());
        }
        list(variables, BrokerLaunch.ENV_OAUTH_AUTHORIZATION_SERVERS, oauth.authorizationServers());
        list(variables, BrokerLaunch.ENV_OAUTH_BEARER_METHODS, oauth.bearerMethodsSupported());
        list(variables, BrokerLaunch.ENV_OAUTH_SCOPES, oauth.scopesSupported());
    }

    private static void list(SortedMap<String, String> variables, String name, @Nullable List<String> values) {
        if (values != null && !values.isEmpty()) {
            variables.put(name, String.join(",", values));
        }
    }
}
