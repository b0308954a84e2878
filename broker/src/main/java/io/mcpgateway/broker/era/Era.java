package io.mcpgateway.broker.era;

import io.mcpgateway.broker.mcp.ProtocolVersions;
import java.util.Objects;

/** What one hop speaks: between a client and the gateway, or between the gateway and a server. */
public sealed interface Era {
    /** The revision. */
    String protocolVersion();

    /** Initialize, and perhaps a session. */
    record Legacy(String protocolVersion) implements Era {
        public Legacy {
            Objects.requireNonNull(protocolVersion, "protocolVersion");
        }
    }

    /** No session: each request says all about itself. */
    record Modern(String protocolVersion) implements Era {
        public Modern {
            if (!ProtocolVersions.modern(protocolVersion)) {
                throw new IllegalArgumentException("not a modern revision that the gateway speaks: " + protocolVersion);
            }
        }
    }
}
