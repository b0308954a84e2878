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

/**
 * Gives every call that an adapter asks about exactly one audit line, when it is decided, whatever is decided. Must be the
 * outermost dispatcher, so that refusals of all others have a line, too. A request without a body is no call.
 *
 * <p>If lines are to be written first, a call that would go on is {@linkplain RouteDecision.Recorded pending} until then, and
 * refused if its line cannot be written.
 */
public final class AuditedDispatcher extends DispatcherAround {
    /**
     * What lines are made of and where they go.
     *
     * @param blocking whether a call only goes on if its line is written
     */
    public record Audit(
            AuditReader reader,
            SessionTokens sessions,
            SnapshotCell snapshots,
            InstantSource clock,
            AuditLines lines,
            boolean blocking) {
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
            add(head, body, AuditOutcome.failed());
            throw bug;
        }
        if (!(decision instanceof RouteDecision.Complete complete)) {
            return decision;
        }
        Optional<AuditOutcome> outcome = AuditOutcome.of(complete);
        if (outcome.isPresent() && audit.blocking() && AuditReader.isCall(body)) {
            return new RouteDecision.Recorded(head, body, complete);
        }
        outcome.ifPresent(known -> add(head, body, known));
        return complete;
    }

    @Override
    public RouteDecision.Complete finish(RouteDecision.Pending pending) {
        if (pending instanceof RouteDecision.Recorded(var head, var body, var decision)) {
            return recorded(head, body, decision, AuditOutcome.of(decision));
        }
        RouteDecision.Complete decision;
        try {
            decision = super.finish(pending);
        } catch (RuntimeException bug) {
            refused(pending, AuditOutcome.failed());
            throw bug;
        }
        // Replies to servers are no calls.
        return pending instanceof RouteDecision.CallServer call
                ? recorded(
                        call.head(),
                        call.body(),
                        decision,
                        AuditOutcome.of(decision).map(outcome -> outcome.at(call)))
                : decision;
    }

    @Override
    public void abandoned(RouteDecision.Pending pending, int status) {
        super.abandoned(pending, status);
        refused(pending, AuditOutcome.refused(status));
    }

    /** Nothing is done for such a call, so nothing waits for its line. */
    private void refused(RouteDecision.Pending pending, AuditOutcome outcome) {
        switch (pending) {
            case RouteDecision.CallServer call -> add(call.head(), call.body(), outcome.at(call));
            case RouteDecision.Recorded recorded -> add(recorded.head(), recorded.body(), outcome);
            case RouteDecision.AnswerServerRequest _ -> {}
        }
    }

    private RouteDecision.Complete recorded(
            RequestHead head, RawJson body, RouteDecision.Complete decision, Optional<AuditOutcome> outcome) {
        Optional<String> line = outcome.flatMap(known -> line(head, body, known));
        if (line.isEmpty()) {
            return decision;
        }
        if (!audit.blocking()) {
            audit.lines().add(line.get());
            return decision;
        }
        if (audit.lines().write(line.get()) || decision instanceof RouteDecision.Reject) {
            return decision;
        }
        if (decision instanceof RouteDecision.Forward forward) {
            withdrawn(forward.metadata());
        }
        return new RouteDecision.Reject(AuditReader.unrecorded(body));
    }

    private void add(RequestHead head, RawJson body, AuditOutcome outcome) {
        line(head, body, outcome).ifPresent(audit.lines()::add);
    }

    private Optional<String> line(RequestHead head, RawJson body, AuditOutcome outcome) {
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
        return audit.reader().entry(asked, outcome).map(AuditEntry::line);
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
