package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.session.ServerKey;
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
 * @param authorization whose {@code Authorization} calls carry
 * @param callTimeout how long a call may take, if that is set
 * @param anonymousSessions whether callers without a credential share sessions
 * @param eras what it was seen to speak
 * @param key under which server sessions of this server are kept; another url is another key
 */
public record ServerRoute(
        ServerName name,
        String hostname,
        String path,
        URI url,
        CallAuthorization authorization,
        Optional<Duration> callTimeout,
        AnonymousSessions anonymousSessions,
        ServerEras eras,
        ServerKey key) {
    public ServerRoute {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(hostname, "hostname");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(authorization, "authorization");
        Objects.requireNonNull(callTimeout, "callTimeout");
        Objects.requireNonNull(anonymousSessions, "anonymousSessions");
        Objects.requireNonNull(eras, "eras");
        Objects.requireNonNull(key, "key");
    }

    public ServerRoute(ServerName name, String hostname, String path, URI url, CallAuthorization authorization) {
        this(
                name,
                hostname,
                path,
                url,
                authorization,
                Optional.empty(),
                AnonymousSessions.PER_CALL,
                ServerEras.NONE,
                ServerKey.of(name.value(), url));
    }

    /** A server whose calls have no credential. */
    public ServerRoute(ServerName name, String hostname, String path, URI url) {
        this(name, hostname, path, url, new CallAuthorization.None());
    }

    public static ServerRoute of(McpServer server, ServerEras eras) {
        return new ServerRoute(
                server.name(),
                server.hostname(),
                server.path(),
                server.url(),
                CallAuthorization.of(server),
                server.callTimeout(),
                server.anonymousSessions(),
                eras,
                ServerKey.of(server.name().value(), server.url()));
    }
}
