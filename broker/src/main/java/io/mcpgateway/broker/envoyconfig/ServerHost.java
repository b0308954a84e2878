package io.mcpgateway.broker.envoyconfig;

import io.mcpgateway.api.contract.McpServer;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/**
 * One server host name and where its requests go.
 *
 * @param hostname lower case, without port: {@code :authority} of a routed call
 * @param host of the server's url, without brackets
 * @param authority of the server's url as its {@code Host} header: with the port only if the url has one
 */
record ServerHost(String hostname, String host, int port, boolean tls, String authority) {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    ServerHost {
        Objects.requireNonNull(hostname, "hostname");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(authority, "authority");
    }

    static ServerHost of(McpServer server) {
        URI url = server.url();
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        String host = url.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = url.getPort() >= 0 ? url.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
        String authority = url.getPort() >= 0 ? host + ":" + url.getPort() : host;
        return new ServerHost(server.hostname().toLowerCase(Locale.ROOT), bare, port, tls, authority);
    }

    String clusterName() {
        return "backend/" + hostname;
    }
}
