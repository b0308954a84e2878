package io.mcpgateway.broker.router;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * The head of one HTTP request as the client sent it.
 *
 * @param method HTTP method, upper case
 * @param authority host and optional port
 * @param path path with query
 */
public record RequestHead(String method, String authority, String path, RequestHeaders headers) {
    public RequestHead {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(authority, "authority");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(headers, "headers");
    }

    /** The headers of this request that no client may send: whoever did pretends to be the router or the broker. */
    public Set<String> internalHeaders() {
        Set<String> internal = new HashSet<>();
        headers.eachName(name -> {
            if (GatewayHeaders.isInternal(name)) {
                internal.add(name);
            }
        });
        return internal;
    }

    /** The path without its query. */
    public String pathOnly() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }
}
