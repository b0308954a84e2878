package io.mcpgateway.broker.url;

import java.util.Objects;

/** What is at a URL of the gateway. */
public sealed interface GatewayUrl {
    /** MCP is served there. */
    record Found(Chosen chosen) implements GatewayUrl {
        public Found {
            Objects.requireNonNull(chosen, "chosen");
        }
    }

    /**
     * It looks like such a URL, but nothing is there.
     *
     * @param problem names what is unknown
     */
    record Unknown(String problem) implements GatewayUrl {
        public Unknown {
            Objects.requireNonNull(problem, "problem");
        }
    }

    /** No URL of MCP: metadata, or not the gateway's at all. */
    record Elsewhere() implements GatewayUrl {}

    /** Whether MCP would be served there. */
    default boolean isMcp() {
        return !(this instanceof Elsewhere);
    }

    /** Nothing where nothing is found. */
    default Chosen chosen() {
        return this instanceof Found(Chosen chosen) ? chosen : new Chosen.Nothing();
    }
}
