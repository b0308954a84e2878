package io.mcpgateway.broker.extproc;

/** Something that an endpoint must not know. */
public final class KnownBadStream {
    public String name() {
        return "stream";
    }
}
