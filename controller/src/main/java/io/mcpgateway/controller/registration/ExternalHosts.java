package io.mcpgateway.controller.registration;

import io.mcpgateway.api.contract.ServerAddresses;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Base urls of servers outside the cluster. The name comes from a user's object and may hold a port, but nothing else:
 * no user, path, query or fragment may slip into the url.
 */
final class ExternalHosts {
    private static final int HTTPS_PORT = 443;

    private ExternalHosts() {}

    /** Why no server is expected under a name; it is not resolved. Empty for all others. */
    static Optional<String> refusal(String name) {
        String host = host(name);
        if (ServerAddresses.isSensitive(host)) {
            return Optional.of(
                    "a link-local or metadata address: %s; MCP servers at such addresses are refused".formatted(name));
        }
        return ServerAddresses.isOwnMachine(host)
                ? Optional.of("the gateway's own pod: %s; name the server's Service or its host".formatted(name))
                : Optional.empty();
    }

    /** {@code https://name:port}; 443 when neither the name nor the reference has a port. */
    static Optional<String> https(String name, @Nullable Integer port) {
        return of("https", name, port == null && portOf(name).isEmpty() ? Integer.valueOf(HTTPS_PORT) : port);
    }

    /**
     * {@code scheme://name:port}; empty if the name is not a plain host.
     *
     * @param port takes precedence over one in the name; null for none
     */
    static Optional<String> of(String scheme, String name, @Nullable Integer port) {
        String host = host(name);
        String number = port == null ? portOf(name).orElse("") : port.toString();
        String base = scheme + "://" + host + (number.isEmpty() ? "" : ":" + number);
        try {
            URI uri = new URI(base);
            boolean bare = host.equals(uri.getHost())
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() <= 65535;
            return bare ? Optional.of(base) : Optional.empty();
        } catch (URISyntaxException notAHost) {
            return Optional.empty();
        }
    }

    /** The name without port; an IPv6 address in brackets. */
    static String host(String name) {
        Optional<String> port = portOf(name);
        String host =
                port.isPresent() ? name.substring(0, name.length() - port.get().length() - 1) : name;
        boolean bareIpv6 = host.indexOf(':') != host.lastIndexOf(':') && !host.startsWith("[");
        return bareIpv6 ? "[" + host + "]" : host;
    }

    private static Optional<String> portOf(String name) {
        int colon = name.lastIndexOf(':');
        boolean ipv6 = name.indexOf(':') != colon && !name.contains("]:");
        String digits = colon < 0 || ipv6 ? "" : name.substring(colon + 1);
        return !digits.isEmpty()
                        && digits.length() <= 5
                        && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                ? Optional.of(digits)
                : Optional.empty();
    }
}
