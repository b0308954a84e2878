package io.mcpgateway.broker.network;

import java.util.Objects;

/** The result of a check of a server's TLS. */
public sealed interface TlsVerdict {
    /** The handshake is fine, whatever comes after it. */
    record Works() implements TlsVerdict {}

    /**
     * The handshake failed.
     *
     * @param reason for people, with the fix
     */
    record Fails(String reason) implements TlsVerdict {
        public Fails {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** There was no connection. */
    record Unknown() implements TlsVerdict {}
}
