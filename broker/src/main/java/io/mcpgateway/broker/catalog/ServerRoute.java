package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.session.BackendKey;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where calls to one server go.
 *
 * @param hostname {@code :authority} of a routed call, which the server's HTTPRoute matches
 * @param path {@code :path} of a routed call, query included
 * @param url the server's address as discovery uses it; the embedded gateway connects to its origin
 * @param authorization which {@code Authorization} calls have
 * @param callTimeout how long a call may take, if it is limited
 * @param backendKey under which backend sessions of this server are kept; another url is another key
 */
public record ServerRoute(
        ServerName name,
        String hostname,
        String path,
        URI url,
        CallAuthorization authorization,
        Optional<Duration> callTimeout,
        BackendKey backendKey) {
    public ServerRoute {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(hostname, "hostname");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(authorization, "authorization");
        Objects.requireNonNull(callTimeout, "callTimeout");
        Objects.requireNonNull(backendKey, "backendKey");
    }

    public ServerRoute(ServerName name, String hostname, String path, URI url, CallAuthorization authorization) {
        this(name, hostname, path, url, authorization, Optional.empty(), BackendKey.of(name.value(), url));
    }

    /** A server whose calls have no credential. */
    public ServerRoute(ServerName name, String hostname, String path, URI url) {
        this(name, hostname, path, url, new CallAuthorization.None());
    }

    public static ServerRoute of(McpServer server) {
        return new ServerRoute(
                server.name(),
                server.hostname(),
                server.path(),
                server.url(),
                CallAuthorization.of(server),
                server.callTimeout(),
                BackendKey.of(server.name().value(), server.url()));
    }
}
