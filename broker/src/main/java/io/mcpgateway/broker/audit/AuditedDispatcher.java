package io.mcpgateway.broker.audit;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.dispatch.DispatcherAround;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives every call that an adapter asks about exactly one audit line, when it is decided, whatever is decided. Must be the
 * outermost dispatcher, so that refusals of all others have a line, too. A request without a body is no call.
 */
public final class AuditedDispatcher extends DispatcherAround {
    /**
     * What lines are made of and where they go.
     *
     * @param lines gets each line; must not block
     */
    public record Audit(
            AuditReader reader,
            SessionTokens sessions,
            SnapshotCell snapshots,
            InstantSource clock,
            Consumer<String> lines) {
        public Audit {
            Objects.requireNonNull(reader, "reader");
            Objects.requireNonNull(sessions, "sessions");
            Objects.requireNonNull(snapshots, "snapshots");
            Objects.requireNonNull(clock, "clock");
            Objects.requireNonNull(lines, "lines");
        }
    }

    private final Audit audit;

    public AuditedDispatcher(RequestDispatcher next, Audit audit) {
        super(next);
        this.audit = Objects.requireNonNull(audit, "audit");
    }

    @Override
    public RouteDecision begin(RequestHead head, RawJson body) {
        RouteDecision decision;
        try {
            decision = super.begin(head, body);
        } catch (RuntimeException bug) {
            write(head, body, AuditOutcome.failed());
            throw bug;
        }
        if (decision instanceof RouteDecision.Complete complete) {
            AuditOutcome.of(complete).ifPresent(outcome -> write(head, body, outcome));
        }
        return decision;
    }

    @Override
    public RouteDecision.Complete finish(RouteDecision.Pending pending) {
        try {
            RouteDecision.Complete decision = super.finish(pending);
            AuditOutcome.of(decision).ifPresent(outcome -> concluded(pending, outcome));
            return decision;
        } catch (RuntimeException bug) {
            concluded(pending, AuditOutcome.failed());
            throw bug;
        }
    }

    @Override
    public void abandoned(RouteDecision.Pending pending, int status) {
        super.abandoned(pending, status);
        concluded(pending, AuditOutcome.refused(status));
    }

    /** Replies to servers are no calls. */
    private void concluded(RouteDecision.Pending pending, AuditOutcome outcome) {
        if (pending instanceof RouteDecision.CallServer call) {
            write(call.head(), call.body(), outcome.at(call));
        }
    }

    private void write(RequestHead head, RawJson body, AuditOutcome outcome) {
        AuditReader.Asked asked = new AuditReader.Asked(
                audit.clock().instant(),
                head,
                body,
                audit.snapshots()
                        .get()
                        .table()
                        .urls()
                        .find(head.authority(), head.pathOnly())
                        .chosen(),
                session(head));
        audit.reader().entry(asked, outcome).map(AuditEntry::line).ifPresent(audit.lines());
    }

    /** By its signature alone: the store was asked already, and whether the session was ended is in the decision. */
    private Optional<GatewaySession> session(RequestHead head) {
        CallerBinding caller = CallerBinding.of(head.headers().all(StandardHeaders.AUTHORIZATION));
        Optional<String> token = head.headers().first(McpHeaders.SESSION_ID);
        return audit.sessions().verify(token, caller, audit.clock().instant())
                        instanceof SessionVerdict.Valid(GatewaySession session)
                ? Optional.of(session)
                : Optional.empty();
    }
}
