package io.mcpgateway.broker.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What became of audit lines. The lines of all three counters together are the calls. */
public final class AuditMetrics {
    private final Counter written;
    private final Counter dropped;
    private final Counter failed;

    public AuditMetrics(MeterRegistry registry) {
        this.written = counter(registry, "written");
        this.dropped = counter(registry, "dropped");
        this.failed = counter(registry, "failed");
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("mcp_broker_audit_lines")
                .description("Audit lines by whether they were written")
                .tags("result", result)
                .register(registry);
    }

    /** One line is in the log. */
    public void written() {
        written.increment();
    }

    /** One line was left out, because too many were waiting to be written. */
    public void dropped() {
        dropped.increment();
    }

    /** One line could not be written. */
    public void failed() {
        failed.increment();
    }
}
