package io.mcpgateway.api.contract;

import io.mcpgateway.api.contract.pinning.ToolPinning;
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
 * @param toolPrefix added before every tool name; may be empty
 * @param credential the complete {@code Authorization} header value for discovery
 * @param authorization which credential calls have
 * @param caCertificates trusted for this server in addition to public CAs
 * @param callTimeout how long a call may take; empty: the gateway's limit
 * @param anonymousSessions whether callers without a credential share sessions
 * @param pinning which definitions of its tools are approved
 * @param state disabled servers stay in the file, but the broker neither connects to them nor serves them
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
        AnonymousSessions anonymousSessions,
        ToolPinning pinning,
        State state) {
    /** Whether a server is used ({@code state: Enabled|Disabled}; {@code enabled: false} is read as Disabled). */
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
        Objects.requireNonNull(anonymousSessions, "anonymousSessions");
        Objects.requireNonNull(pinning, "pinning");
        Objects.requireNonNull(state, "state");
    }

    /** A server whose tools are not pinned. */
    public McpServer(
            ServerName name,
            URI url,
            String hostname,
            String toolPrefix,
            Optional<Credential> credential,
            UpstreamAuthorization authorization,
            Optional<CaCertificates> caCertificates,
            Optional<Duration> callTimeout,
            AnonymousSessions anonymousSessions,
            State state) {
        this(
                name,
                url,
                hostname,
                toolPrefix,
                credential,
                authorization,
                caCertificates,
                callTimeout,
                anonymousSessions,
                ToolPinning.OFF,
                state);
    }

    /** A server whose calls have no credential, and whose certificate, if any, is from a public CA. */
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
                AnonymousSessions.PER_CALL,
                state);
    }

    /** A copy that also trusts these CAs. */
    public McpServer trusting(Optional<CaCertificates> further) {
        if (further.isEmpty()) {
            return this;
        }
        Optional<CaCertificates> both = caCertificates
                .map(own -> new CaCertificates(own.pem() + further.get().pem()))
                .or(() -> further);
        return with(both, callTimeout);
    }

    /** A copy in which calls may take this long, unless the server has its own limit. */
    public McpServer limitedTo(Duration usual) {
        return with(caCertificates, Optional.of(callTimeout.orElse(usual)));
    }

    /** A copy with other approved definitions. */
    public McpServer pinned(ToolPinning approved) {
        return new McpServer(
                name,
                url,
                hostname,
                toolPrefix,
                credential,
                authorization,
                caCertificates,
                callTimeout,
                anonymousSessions,
                approved,
                state);
    }

    private McpServer with(Optional<CaCertificates> certificates, Optional<Duration> limit) {
        return new McpServer(
                name,
                url,
                hostname,
                toolPrefix,
                credential,
                authorization,
                certificates,
                limit,
                anonymousSessions,
                pinning,
                state);
    }

    /** The identity that the Go project prints in {@code /status}: {@code name:prefix:hostname}. */
    public String id() {
        return name + ":" + toolPrefix + ":" + hostname;
    }

    /** The path (and query, if any) part of the url; {@code /} if it has none. */
    public String path() {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /** Host and port of the server; servers with the same hostname have the same ones. */
    public String address() {
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
        return url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    public boolean enabled() {
        return state == State.ENABLED;
    }
}
