package io.mcpgateway.broker.dispatch;

import io.mcpgateway.broker.answer.ResponseDecision;
import io.mcpgateway.broker.answer.ServerAnswer;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.sse.MessageEdit;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import java.util.Map;

/** Measures how long decisions take. What waits for a server's session in {@code finish} is measured where it waits. */
public record MeasuredDispatcher(RequestDispatcher next, GatewayMetrics metrics) implements RequestDispatcher {
    @Override
    public RouteDecision.Complete beginWithoutBody(RequestHead head) {
        long start = System.nanoTime();
        RouteDecision.Complete decision = next.beginWithoutBody(head);
        metrics.decided(System.nanoTime() - start);
        return decision;
    }

    @Override
    public RouteDecision begin(RequestHead head, RawJson body) {
        long start = System.nanoTime();
        RouteDecision decision = next.begin(head, body);
        metrics.decided(System.nanoTime() - start);
        return decision;
    }

    @Override
    public RouteDecision.Complete finish(RouteDecision.Pending pending) {
        return next.finish(pending);
    }

    @Override
    public HeaderEdits beforeBody(RequestHead head) {
        return next.beforeBody(head);
    }

    @Override
    public Map<String, String> answerHeaders(RequestHead head) {
        return next.answerHeaders(head);
    }

    @Override
    public ResponseDecision serverAnswered(CallMetadata call, ServerAnswer answer) {
        return next.serverAnswered(call, answer);
    }

    @Override
    public ResponseDecision serverAnsweredNotAsCaller(CallMetadata call, ServerAnswer answer) {
        return next.serverAnsweredNotAsCaller(call, answer);
    }

    @Override
    public ResponseDecision timedOut(CallMetadata call) {
        return next.timedOut(call);
    }

    @Override
    public void ended(CallMetadata call) {
        next.ended(call);
    }

    @Override
    public MessageEdit answerEdit(CallMetadata call) {
        return next.answerEdit(call);
    }
}
