package io.mcpgateway.broker.audit;

/** Where audit lines go. */
public interface AuditLines {
    /** Takes the line if it can. Never blocks. */
    void add(String line);

    /**
     * Waits until the line is where it outlives this process, at most some seconds.
     *
     * @return whether it is there. If not, the call must not go on; the line may still come
     */
    boolean write(String line);
}
