package io.mcpgateway.broker.dispatch;

import io.mcpgateway.broker.answer.ResponseDecision;
import io.mcpgateway.broker.answer.ServerAnswer;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.sse.MessageEdit;
import java.util.Map;
import java.util.Objects;

/** Passes everything on to another dispatcher; subclasses change only what they are for. */
public abstract class DispatcherAround implements RequestDispatcher {
    private final RequestDispatcher next;

    protected DispatcherAround(RequestDispatcher next) {
        this.next = Objects.requireNonNull(next, "next");
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
    public RouteDecision.Complete beginWithoutBody(RequestHead head) {
        return next.beginWithoutBody(head);
    }

    @Override
    public RouteDecision begin(RequestHead head, RawJson body) {
        return next.begin(head, body);
    }

    @Override
    public RouteDecision.Complete finish(RouteDecision.Pending pending) {
        return next.finish(pending);
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
    public void withdrawn(CallMetadata call) {
        next.withdrawn(call);
    }

    @Override
    public void abandoned(RouteDecision.Pending pending, int status) {
        next.abandoned(pending, status);
    }

    @Override
    public MessageEdit answerEdit(CallMetadata call) {
        return next.answerEdit(call);
    }
}
