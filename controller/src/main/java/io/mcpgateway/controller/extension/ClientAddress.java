package io.mcpgateway.controller.extension;

import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionSpec;
import io.mcpgateway.controller.gatewayapi.Listeners;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Where clients find an extension from outside, as far as its objects say: {@code spec.oauthProtectedResource.resource},
 * which is the URL that they use; else the public host, with the port of {@code spec.publicHost} or of the listener.
 *
 * @param scheme http or https
 * @param host without port
 * @param port empty for the scheme's own
 */
public record ClientAddress(String scheme, String host, Optional<Integer> port) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    public ClientAddress {
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(host, "host");
        int usual = scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
        port = port.filter(given -> given != usual);
    }

    /** The address of an accepted extension. */
    public static ClientAddress of(MCPGatewayExtensionSpec spec, ExtensionPlan.Proceed plan) {
        return resource(spec)
                .orElseGet(() -> new ClientAddress(
                        Listeners.isTls(plan.listener()) ? "https" : "http",
                        plan.publicHost(),
                        Optional.of(portOf(spec).orElseGet(plan::port))));
    }

    /** The URL of a path on the public host. */
    public String url(String path) {
        return url(host, path);
    }

    /** The URL of a path on another host of the same listener. */
    public String url(String hostname, String path) {
        return scheme + "://" + hostname + port.map(given -> ":" + given).orElse("") + path;
    }

    private static Optional<ClientAddress> resource(MCPGatewayExtensionSpec spec) {
        if (spec.oauthProtectedResource() == null
                || spec.oauthProtectedResource().resource() == null) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(spec.oauthProtectedResource().resource());
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web && uri.getHost() != null
                    ? Optional.of(new ClientAddress(
                            uri.getScheme(),
                            uri.getHost(),
                            uri.getPort() < 0 ? Optional.empty() : Optional.of(uri.getPort())))
                    : Optional.empty();
        } catch (IllegalArgumentException noUri) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> portOf(MCPGatewayExtensionSpec spec) {
        String configured = Objects.requireNonNullElse(spec.publicHost(), "");
        int colon = configured.lastIndexOf(':');
        String port = colon < 0 ? "" : configured.substring(colon + 1);
        return port.matches("[0-9]{1,5}") ? Optional.of(Integer.valueOf(port)) : Optional.empty();
    }
}
