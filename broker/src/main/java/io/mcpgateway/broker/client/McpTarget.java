package io.mcpgateway.broker.client;

import io.mcpgateway.api.contract.CaCertificates;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where one server listens, and the headers of every request to it in addition to MCP's.
 *
 * @param url the MCP endpoint, query included
 * @param trusted CAs that are trusted for it in addition to public ones
 * @param certificateName the name that TLS asks for and that the certificate must be valid for, if it is not the host of
 *     the url
 */
public record McpTarget(
        URI url,
        HeaderSource headers,
        HttpLimits limits,
        List<CaCertificates> trusted,
        Optional<String> certificateName) {
    /** Called once per request, so a token can be new each time. Names in lower case; values may be secret. */
    @FunctionalInterface
    public interface HeaderSource {
        Map<String, String> next();
    }

    public McpTarget {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(limits, "limits");
        trusted = List.copyOf(trusted);
        Objects.requireNonNull(certificateName, "certificateName");
    }

    /** A server with a certificate for the host of its url. */
    public McpTarget(URI url, HeaderSource headers, HttpLimits limits, List<CaCertificates> trusted) {
        this(url, headers, limits, trusted, Optional.empty());
    }

    /** A server that the usual authorities vouch for, if it has TLS. */
    public McpTarget(URI url, HeaderSource headers, HttpLimits limits) {
        this(url, headers, limits, List.of());
    }

    /** The same with other limits. */
    public McpTarget within(HttpLimits other) {
        return new McpTarget(url, headers, other, trusted, certificateName);
    }

    /** Whether its certificate is checked for a name that the url does not hold. */
    boolean namesCertificate() {
        return certificateName.isPresent() && "https".equals(url.getScheme());
    }

    /** The url as logs may show it: without user info, query and fragment. */
    public String displayUrl() {
        return displayUrl(url);
    }

    /** A url as logs may show it: without user info, query and fragment. */
    public static String displayUrl(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return url.getScheme() + "://" + url.getHost() + port + path;
    }

    @Override
    public String toString() {
        return "McpTarget[" + displayUrl() + "]";
    }
}
