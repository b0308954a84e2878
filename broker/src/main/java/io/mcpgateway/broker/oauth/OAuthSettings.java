package io.mcpgateway.broker.oauth;

import io.mcpgateway.broker.url.PublicUrls;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The content of {@code /.well-known/oauth-protected-resource} (RFC 9728), from the {@code OAUTH_*} variables.
 *
 * @param resource the URL that clients use, if it is set; otherwise it is taken from their requests
 * @param usualResource for requests to none of {@code hosts}
 * @param hosts names and addresses of the gateway, in lower case, without port
 * @param authorizationServers empty if there is no login
 */
public record OAuthSettings(
        String resourceName,
        Optional<String> resource,
        String usualResource,
        Set<String> hosts,
        List<String> authorizationServers,
        List<String> bearerMethodsSupported,
        List<String> scopesSupported) {
    public OAuthSettings {
        Objects.requireNonNull(resourceName, "resourceName");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(usualResource, "usualResource");
        hosts = Set.copyOf(hosts);
        authorizationServers = List.copyOf(authorizationServers);
        bearerMethodsSupported = List.copyOf(bearerMethodsSupported);
        scopesSupported = List.copyOf(scopesSupported);
    }

    PublicUrls urls() {
        return new PublicUrls(resource, usualResource, hosts);
    }
}
