package io.mcpgateway.broker.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What became of spans that were to be sent. All three counters together, and what waits, are the sampled spans. */
public final class SpanMetrics {
    private final Counter exported;
    private final Counter dropped;
    private final Counter failed;

    public SpanMetrics(MeterRegistry registry) {
        this.exported = counter(registry, "exported");
        this.dropped = counter(registry, "dropped");
        this.failed = counter(registry, "failed");
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("mcp_broker_spans")
                .description("Spans of traces by whether the collector took them")
                .tags("result", result)
                .register(registry);
    }

    /** The collector has them. */
    public void exported(int spans) {
        exported.increment(spans);
    }

    /** They were left out, because too many were waiting, or the process ended. */
    public void dropped(int spans) {
        dropped.increment(spans);
    }

    /** The collector did not take them. */
    public void failed(int spans) {
        failed.increment(spans);
    }
}
