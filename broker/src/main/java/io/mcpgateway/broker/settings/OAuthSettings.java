package io.mcpgateway.broker.settings;

import java.util.List;
import java.util.Objects;

/** What {@code /.well-known/oauth-protected-resource} tells clients (RFC 9728), from the {@code OAUTH_*} variables. */
public record OAuthSettings(
        String resourceName,
        String resource,
        List<String> authorizationServers,
        List<String> bearerMethodsSupported,
        List<String> scopesSupported) {
    public OAuthSettings {
        Objects.requireNonNull(resourceName, "resourceName");
        Objects.requireNonNull(resource, "resource");
        authorizationServers = List.copyOf(authorizationServers);
        bearerMethodsSupported = List.copyOf(bearerMethodsSupported);
        scopesSupported = List.copyOf(scopesSupported);
    }
}
