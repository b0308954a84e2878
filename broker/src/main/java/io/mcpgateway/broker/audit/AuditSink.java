package io.mcpgateway.broker.audit;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Where an {@link AuditLog} leaves its lines. Used by one thread at a time. */
public interface AuditSink extends Closeable {
    /** How many lines it takes at a time; at least 1. */
    int most();

    /**
     * Returns when all of them are where they outlive this process.
     *
     * @param lines without their ends
     * @throws IOException if that is not certain; some of them may be there
     */
    void write(List<String> lines) throws IOException;
}
