package io.mcpgateway.broker.tracing;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.TraceHeaders;
import io.mcpgateway.broker.answer.ResponseDecision;
import io.mcpgateway.broker.answer.ServerAnswer;
import io.mcpgateway.broker.dispatch.DispatcherAround;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gives each message that goes straight to a server its two spans, and each refused one its own; the request of this thread
 * is the {@link RequestTrace#current current} one. What goes to the broker gets its spans there, so it passes unchanged.
 */
final class TracedDispatcher extends DispatcherAround {
    private static final String TIMEOUT = "timeout";

    TracedDispatcher(RequestDispatcher next) {
        super(next);
    }

    @Override
    public RouteDecision begin(RequestHead head, RawJson body) {
        try {
            RouteDecision decision = super.begin(head, body);
            return decision instanceof RouteDecision.Complete complete ? decided(head, body, complete) : decision;
        } catch (RuntimeException bug) {
            failed(head, body, bug);
            throw bug;
        }
    }

    @Override
    public RouteDecision.Complete finish(RouteDecision.Pending pending) {
        try {
            RouteDecision.Complete decision = super.finish(pending);
            return pending instanceof RouteDecision.CallServer call
                    ? decided(call.head(), call.body(), decision)
                    : decision;
        } catch (RuntimeException bug) {
            if (pending instanceof RouteDecision.CallServer call) {
                failed(call.head(), call.body(), bug);
            }
            throw bug;
        }
    }

    @Override
    public void abandoned(RouteDecision.Pending pending, int status) {
        super.abandoned(pending, status);
        if (pending instanceof RouteDecision.CallServer call) {
            refused(call.head(), call.body(), Outcome.of(status));
        }
    }

    @Override
    public ResponseDecision serverAnswered(CallMetadata call, ServerAnswer answer) {
        RequestTrace.current().ifPresent(trace -> trace.serverAnswered(answer.status()));
        return super.serverAnswered(call, answer);
    }

    @Override
    public ResponseDecision serverAnsweredNotAsCaller(CallMetadata call, ServerAnswer answer) {
        RequestTrace.current().ifPresent(trace -> trace.serverAnswered(answer.status()));
        return super.serverAnsweredNotAsCaller(call, answer);
    }

    @Override
    public ResponseDecision timedOut(CallMetadata call) {
        RequestTrace.current().ifPresent(trace -> trace.failed(TIMEOUT));
        return super.timedOut(call);
    }

    @Override
    public void ended(CallMetadata call) {
        super.ended(call);
        RequestTrace.current().ifPresent(RequestTrace::serverDone);
    }

    private static RouteDecision.Complete decided(RequestHead head, RawJson body, RouteDecision.Complete decision) {
        return switch (decision) {
            case RouteDecision.Forward forward -> forwarded(head, body, forward);
            case RouteDecision.Reject(var answer) -> {
                refused(head, body, Outcome.of(answer));
                yield decision;
            }
            case RouteDecision.ToBroker _, RouteDecision.Bridge _, RouteDecision.InitializeServer _ -> decision;
        };
    }

    private static RouteDecision.Forward forwarded(RequestHead head, RawJson body, RouteDecision.Forward forward) {
        Optional<RequestTrace> trace = RequestTrace.current();
        Optional<SpokenMessage> message = SpokenMessage.of(body);
        if (trace.isEmpty() || message.isEmpty()) {
            return forward;
        }
        trace.get().received(head.headers(), message.get(), true, Decisions.FORWARDED);
        Map<String, String> context = trace.get()
                .sent(
                        message.get()
                                .to(
                                        ownName(forward.edits()),
                                        Optional.of(forward.metadata().era().protocolVersion())),
                        forward.server());
        return new RouteDecision.Forward(
                forward.server(),
                forward.edits().then(edits(head, context)),
                forward.body()
                        .map(edited -> MetaContext.write(edited, context))
                        .or(() -> replaced(body, message.get().scan(), context)),
                forward.metadata());
    }

    /** A body that goes on as it came keeps its bytes, unless it says itself where the trace goes on. */
    private static Optional<RawJson> replaced(RawJson body, SpanScan scan, Map<String, String> context) {
        return scan.hasContext() ? Optional.of(MetaContext.write(body, scan, context)) : Optional.empty();
    }

    private static HeaderEdits edits(RequestHead head, Map<String, String> context) {
        boolean foreignState =
                head.headers().has(TraceHeaders.TRACESTATE) && !context.containsKey(TraceHeaders.TRACESTATE);
        return new HeaderEdits(context, foreignState ? Set.of(TraceHeaders.TRACESTATE) : Set.of());
    }

    private static Optional<String> ownName(HeaderEdits edits) {
        return Optional.ofNullable(edits.set().get(GatewayHeaders.TOOL_NAME))
                .or(() -> Optional.ofNullable(edits.set().get(GatewayHeaders.PROMPT_NAME)));
    }

    private static void refused(RequestHead head, RawJson body, Outcome outcome) {
        ended(head, body, Decisions.REFUSED, trace -> trace.answered(outcome));
    }

    private static void failed(RequestHead head, RawJson body, RuntimeException bug) {
        ended(head, body, Decisions.FAILED, trace -> trace.failed(bug.getClass().getName()));
    }

    private static void ended(RequestHead head, RawJson body, String decision, Consumer<RequestTrace> how) {
        Optional<RequestTrace> trace = RequestTrace.current();
        Optional<SpokenMessage> message = trace.isEmpty() ? Optional.empty() : SpokenMessage.of(body);
        if (message.isPresent()) {
            trace.get().received(head.headers(), message.get(), false, decision);
            how.accept(trace.get());
        }
    }
}
