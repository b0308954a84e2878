package io.mcpgateway.broker.dispatch;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import java.util.Objects;

/** Measures how long decisions take. What waits for a server's session in {@code finish} is measured where it waits. */
public final class MeasuredDispatcher extends DispatcherAround {
    private final GatewayMetrics metrics;

    public MeasuredDispatcher(RequestDispatcher next, GatewayMetrics metrics) {
        super(next);
        this.metrics = Objects.requireNonNull(metrics, "metrics");
    }

    @Override
    public RouteDecision.Complete beginWithoutBody(RequestHead head) {
        long start = System.nanoTime();
        RouteDecision.Complete decision = super.beginWithoutBody(head);
        metrics.decided(System.nanoTime() - start);
        return decision;
    }

    @Override
    public RouteDecision begin(RequestHead head, RawJson body) {
        long start = System.nanoTime();
        RouteDecision decision = super.begin(head, body);
        metrics.decided(System.nanoTime() - start);
        return decision;
    }
}
