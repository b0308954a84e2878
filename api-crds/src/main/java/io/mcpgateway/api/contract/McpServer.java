package io.mcpgateway.api.contract;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One entry of {@code servers} in config.yaml.
 *
 * @param name the registration's name
 * @param url where the broker reaches the server, path included ({@code http://svc.ns.svc.cluster.local:8080/mcp})
 * @param hostname the host of the server's HTTPRoute, which becomes {@code :authority} of a routed call
 * @param toolPrefix what is put before every tool name; may be empty
 * @param credential the whole {@code Authorization} header value for discovery
 * @param authorization whose credential calls carry
 * @param caCertificates trusted for this server besides the usual ones
 * @param callTimeout how long a call may take; empty: as the gateway says
 * @param state disabled servers are kept in the file but neither connected to nor served
 */
public record McpServer(
        ServerName name,
        URI url,
        String hostname,
        String toolPrefix,
        Optional<Credential> credential,
        UpstreamAuthorization authorization,
        Optional<CaCertificates> caCertificates,
        Optional<Duration> callTimeout,
        State state) {
    /** Whether a server takes part ({@code state: Enabled|Disabled}; {@code enabled: false} is read as Disabled). */
    public enum State {
        ENABLED,
        DISABLED
    }

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    public McpServer {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(hostname, "hostname");
        Objects.requireNonNull(toolPrefix, "toolPrefix");
        Objects.requireNonNull(credential, "credential");
        Objects.requireNonNull(authorization, "authorization");
        Objects.requireNonNull(caCertificates, "caCertificates");
        Objects.requireNonNull(callTimeout, "callTimeout");
        Objects.requireNonNull(state, "state");
    }

    /** A server whose calls carry no credential, and which the usual authorities vouch for. */
    public McpServer(
            ServerName name,
            URI url,
            String hostname,
            String toolPrefix,
            Optional<Credential> credential,
            State state) {
        this(
                name,
                url,
                hostname,
                toolPrefix,
                credential,
                UpstreamAuthorization.NONE,
                Optional.empty(),
                Optional.empty(),
                state);
    }

    /** The same server, trusting these authorities too. */
    public McpServer trusting(Optional<CaCertificates> further) {
        if (further.isEmpty()) {
            return this;
        }
        Optional<CaCertificates> both = caCertificates
                .map(own -> new CaCertificates(own.pem() + further.get().pem()))
                .or(() -> further);
        return new McpServer(name, url, hostname, toolPrefix, credential, authorization, both, callTimeout, state);
    }

    /** The same server; calls may take this long if it has no limit of its own. */
    public McpServer limitedTo(Duration usual) {
        Optional<Duration> limit = Optional.of(callTimeout.orElse(usual));
        return new McpServer(name, url, hostname, toolPrefix, credential, authorization, caCertificates, limit, state);
    }

    /** The identity the Go project prints in {@code /status}: {@code name:prefix:hostname}. */
    public String id() {
        return name + ":" + toolPrefix + ":" + hostname;
    }

    /** The path (and query, if any) part of the url; {@code /} if it has none. */
    public String path() {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /** Host and port at which the server is reached; servers that share a hostname share this too. */
    public String address() {
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
        return url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    public boolean enabled() {
        return state == State.ENABLED;
    }
}
