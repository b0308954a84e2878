package io.mcpgateway.broker.client;

import java.util.Objects;

/** What a look at a server's TLS told. */
public sealed interface TlsVerdict {
    /** The handshake is fine, whatever comes after it. */
    record Works() implements TlsVerdict {}

    /**
     * The handshake failed.
     *
     * @param reason for people, with what would mend it
     */
    record Fails(String reason) implements TlsVerdict {
        public Fails {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** There was no connection. */
    record Unknown() implements TlsVerdict {}
}
