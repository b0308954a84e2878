package io.mcpgateway.broker.dispatch;

import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.limits.CallsUnderWay;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.telemetry.ClientRevision;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.mcpgateway.broker.telemetry.RefusalReason;
import java.util.Objects;
import java.util.Optional;

/**
 * Refuses calls when too many are in progress. An adapter that carries calls itself says when they have ended ({@link
 * #ended}). If Envoy carries a call, this process learns nothing after the decision, so there a call counts while it
 * waits for a session at its server.
 */
public final class LimitedDispatcher extends DispatcherAround {
    /** Until when a call counts. */
    public enum Span {
        /** Until it is decided. */
        DECISION,
        /** Until {@link #ended}. */
        WHOLE_CALL
    }

    private final CallsUnderWay calls;
    private final Span span;
    private final GatewayMetrics metrics;

    public LimitedDispatcher(RequestDispatcher next, CallsUnderWay calls, Span span, GatewayMetrics metrics) {
        super(next);
        this.calls = Objects.requireNonNull(calls, "calls");
        this.span = Objects.requireNonNull(span, "span");
        this.metrics = Objects.requireNonNull(metrics, "metrics");
    }

    @Override
    public RouteDecision begin(RequestHead head, RawJson body) {
        RouteDecision decision = super.begin(head, body);
        return decision instanceof RouteDecision.Forward forward && span == Span.WHOLE_CALL
                ? begun(head, forward, body)
                : decision;
    }

    @Override
    public RouteDecision.Complete finish(RouteDecision.Pending pending) {
        if (!(pending instanceof RouteDecision.CallServer call)) {
            return admitted(super.finish(pending));
        }
        GatewaySessionId session = call.session().id();
        ServerRoute server = call.route().server();
        Optional<String> refusal =
                calls.begin(session, server.key(), server.name().value());
        if (refusal.isPresent()) {
            return refused(call.head(), Refusals.tooManyCalls(call.id(), refusal.get()));
        }
        boolean goesOn = false;
        try {
            RouteDecision.Complete decision = super.finish(call);
            goesOn = span == Span.WHOLE_CALL && decision instanceof RouteDecision.Forward;
            return decision;
        } finally {
            if (!goesOn) {
                calls.end(session, server.key());
            }
        }
    }

    @Override
    public void withdrawn(CallMetadata call) {
        super.withdrawn(call);
        if (span == Span.WHOLE_CALL) {
            ended(call);
        }
    }

    @Override
    public void ended(CallMetadata call) {
        switch (call) {
            case CallMetadata.InSession inSession -> calls.end(inSession.session(), inSession.server());
            case CallMetadata.Sessionless sessionless -> calls.end(sessionless.server());
        }
    }

    /** The message's kind has been read already; it is only read again if it may have to be refused. */
    private RouteDecision.Complete begun(RequestHead head, RouteDecision.Forward forward, RawJson body) {
        CallMetadata call = forward.metadata();
        String server = forward.server().name().value();
        Optional<String> refusal = switch (call) {
            case CallMetadata.InSession inSession -> calls.begin(inSession.session(), inSession.server(), server);
            case CallMetadata.Sessionless sessionless -> calls.begin(sessionless.server(), server);
        };
        if (refusal.isEmpty()) {
            return forward;
        }
        return JsonRpcParser.parse(body) instanceof JsonRpcMessage.Request request
                ? refused(head, Refusals.tooManyCalls(request.id(), call.era(), refusal.get()))
                : admitted(forward);
    }

    private RouteDecision.Reject refused(RequestHead head, Refusal refusal) {
        metrics.refused(RefusalReason.TOO_MANY, ClientRevision.label(head.headers()));
        return new RouteDecision.Reject(refusal);
    }

    /** Messages that belong to a call in progress, such as its cancellation, always pass. */
    private RouteDecision.Complete admitted(RouteDecision.Complete decision) {
        if (decision instanceof RouteDecision.Forward forward && span == Span.WHOLE_CALL) {
            switch (forward.metadata()) {
                case CallMetadata.InSession inSession -> calls.admit(inSession.session(), inSession.server());
                case CallMetadata.Sessionless sessionless -> calls.admit(sessionless.server());
            }
        }
        return decision;
    }

    @Override
    public RouteDecision.Complete beginWithoutBody(RequestHead head) {
        return admitted(super.beginWithoutBody(head));
    }
}
