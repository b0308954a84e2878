package io.mcpgateway.broker.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Exchanges with Envoy that could not come to a decision, by their reason. */
public final class ExtProcErrors {
    private final Map<String, Counter> byReason;

    /** @param reasons all that there are; each is there from the start, with 0 */
    public ExtProcErrors(MeterRegistry registry, Collection<String> reasons) {
        this.byReason = reasons.stream()
                .collect(Collectors.toUnmodifiableMap(
                        reason -> reason,
                        reason -> Counter.builder("mcp_router_ext_proc_errors")
                                .description(
                                        "Requests that Envoy's external processor could not decide on, by the reason")
                                .tags("reason", reason)
                                .register(registry)));
    }

    /** One more; a reason that was not announced is not counted. */
    public void count(String reason) {
        Counter counter = byReason.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
