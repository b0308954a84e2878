package io.mcpgateway.api.envoy;

import java.util.List;
import java.util.Objects;

/** Which requests on a listener belong to the gateway. */
public sealed interface Scope {
    /**
     * All: the listener serves nothing else. A value that is not a DNS name is an IllegalArgumentException that names it.
     *
     * @param publicHost the host that clients use
     */
    record Everything(String publicHost) implements Scope {
        public Everything {
            Objects.requireNonNull(publicHost, "publicHost");
            DnsName.require(publicHost);
        }
    }

    /**
     * Requests for these hosts (any case, with or without a port), and any request that carries an internal header.
     * Nothing else on the listener is buffered or causes a gRPC call. A value that is not a DNS name is an
     * IllegalArgumentException that names it.
     *
     * @param publicHost the host that clients use
     * @param exactHosts hostnames of listeners that MCP servers are attached to
     * @param suffixPatterns such hostnames with a wildcard, {@code *.mcp.local}
     */
    record Hosts(String publicHost, List<String> exactHosts, List<String> suffixPatterns) implements Scope {
        public Hosts {
            Objects.requireNonNull(publicHost, "publicHost");
            DnsName.require(publicHost);
            exactHosts = List.copyOf(exactHosts);
            exactHosts.forEach(DnsName::require);
            suffixPatterns = List.copyOf(suffixPatterns);
            suffixPatterns.forEach(DnsName::requireWildcard);
        }
    }
}
