package io.mcpgateway.broker.status;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.VirtualServerStatus;
import io.mcpgateway.api.contract.reason.Explanation;
import io.mcpgateway.api.contract.reason.Explanation.Case;
import io.mcpgateway.api.contract.reason.Reason;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.url.Chosen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why something is served or not: a tool, prompt, resource, server, virtual server or URL. Pure. */
final class Why {
    private final GatewaySnapshot snapshot;
    private final StatusReport report;
    private final WhyQuestion.About question;

    private Why(GatewaySnapshot snapshot, StatusReport report, WhyQuestion.About question) {
        this.snapshot = snapshot;
        this.report = report;
        this.question = question;
    }

    static Explanation answer(GatewaySnapshot snapshot, WhyQuestion.About question, Instant now) {
        return new Why(snapshot, StatusMapping.report(snapshot, now), question).answer();
    }

    private Explanation answer() {
        List<Case> cases = new ArrayList<>();
        if (WhyPlace.of(snapshot.table(), question) instanceof WhyPlace.Nowhere(String problem)) {
            cases.add(refused("name", ReasonCode.UNKNOWN, question.url().orElse("/mcp"), problem));
            return new Explanation(question.name(), cases);
        }
        cases.addAll(WhyItems.cases(snapshot, question));
        snapshot.config().servers().stream()
                .filter(server -> server.name().value().equals(question.name()))
                .flatMap(server -> report.server(server.name()).stream())
                .map(this::server)
                .forEach(cases::add);
        report.virtualServer(question.name()).map(this::virtualServer).ifPresent(cases::add);
        if (isUrl()) {
            cases.add(url());
        }
        if (cases.isEmpty()) {
            cases.add(unknown());
        }
        return new Explanation(
                question.name(), cases.stream().limit(Explanation.MOST).toList());
    }

    private boolean isUrl() {
        return question.name().startsWith("/mcp")
                || question.name().startsWith("http://")
                || question.name().startsWith("https://");
    }

    private Case server(ServerStatus status) {
        Optional<Reason> reason = status.reasons().stream().findFirst();
        String seen = status.lastValidated()
                .map(last -> status.ready() && status.failure().isEmpty()
                        ? "; it answered at " + last + ", and no check has failed since"
                        : "; it answered last at " + last)
                .orElse(status.enabled() ? "; it has not answered yet" : "");
        return new Case(
                "server",
                status.name().value(),
                status.ready(),
                status.name().value(),
                status.enabled() ? List.of(new Chosen.Server(status.name()).path()) : List.of(),
                reason.map(Reason::code),
                reason.map(Reason::object).orElse(""),
                status.message() + seen);
    }

    private Case virtualServer(VirtualServerStatus status) {
        boolean revisions = Optional.ofNullable(
                        snapshot.table().revisionsThere().get(status.name()))
                .map(known -> !known.newestFirst().isEmpty())
                .orElse(false);
        Optional<Reason> reason = revisions
                ? status.reasons().stream().findFirst()
                : Optional.of(new Reason(ReasonCode.REVISION_NOT_SERVED, 1, "virtual server " + status.name()));
        List<String> missing = new ArrayList<>(status.unknownTools());
        missing.addAll(status.unmatched());
        ServerStatus.Totals shown = status.shown();
        String message = "shows tools: %d, prompts: %d, resources: %d"
                        .formatted(shown.tools(), shown.prompts(), shown.resources())
                + (missing.isEmpty() ? "" : "; matches nothing: " + some(missing));
        return new Case(
                "virtual server",
                status.name(),
                revisions,
                "",
                List.of(new Chosen.VirtualServer(status.name()).path()),
                reason.map(Reason::code),
                reason.map(Reason::object).orElse(""),
                revisions ? message : "it allows no MCP revision that the gateway speaks and allows; " + message);
    }

    private Case url() {
        return switch (WhyPlace.of(snapshot.table(), question.name())) {
            case WhyPlace.Nowhere(String problem) ->
                refused("URL", ReasonCode.UNKNOWN, "URL " + question.name(), problem);
            case WhyPlace.At(Chosen chosen, var view) ->
                new Case(
                        "URL",
                        question.name(),
                        true,
                        "",
                        List.of(chosen.path()),
                        Optional.empty(),
                        "",
                        "%s; shows tools: %d, prompts: %d, resources: %d"
                                .formatted(
                                        chosen.isNothing() ? "everything" : chosen.described(),
                                        view.items(CapabilityKind.TOOL).count(),
                                        view.items(CapabilityKind.PROMPT).count(),
                                        view.items(CapabilityKind.RESOURCE).count()));
        };
    }

    /** Nobody lists it; a server whose list is not known may have it, the more likely if its prefix fits. */
    private Case unknown() {
        List<McpServer> silent = snapshot.config().servers().stream()
                .filter(server -> report.server(server.name())
                        .map(status -> status.totals().equals(ServerStatus.Totals.NONE)
                                && !status.ready()
                                && status.pinning().isEmpty())
                        .orElse(true))
                .toList();
        Optional<McpServer> likely = silent.stream()
                .filter(server ->
                        !server.toolPrefix().isEmpty() && question.name().startsWith(server.toolPrefix()))
                .findFirst();
        Optional<ServerStatus> cause = likely.flatMap(server -> report.server(server.name()));
        Optional<Reason> reason =
                cause.flatMap(status -> status.reasons().stream().findFirst());
        if (reason.isPresent()) {
            return refused(
                    "name",
                    reason.get().code(),
                    reason.get().object(),
                    "its prefix is that of server %s, whose list is not known: %s"
                            .formatted(likely.get().name(), cause.get().message()));
        }
        String others = silent.isEmpty()
                ? ""
                : "; the lists of these servers are not known: "
                        + some(silent.stream()
                                .map(server -> server.name() + " ("
                                        + report.server(server.name())
                                                .map(ServerStatus::message)
                                                .orElse("") + ")")
                                .toList());
        return refused("name", ReasonCode.UNKNOWN, "name " + question.name(), "no server lists it" + others);
    }

    private Case refused(String kind, ReasonCode code, String object, String message) {
        return new Case(kind, question.name(), false, "", List.of(), Optional.of(code), object, message);
    }

    private static String some(List<String> all) {
        String shown = all.stream().limit(Explanation.MOST).collect(Collectors.joining(", "));
        return all.size() <= Explanation.MOST ? shown : shown + " and " + (all.size() - Explanation.MOST) + " more";
    }
}
