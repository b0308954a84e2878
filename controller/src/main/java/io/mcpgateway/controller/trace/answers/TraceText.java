package io.mcpgateway.controller.trace.answers;

import io.mcpgateway.api.contract.reason.RoutedCall;
import io.mcpgateway.controller.doctor.facts.CallReport;
import io.mcpgateway.controller.doctor.facts.LogLine;
import io.mcpgateway.controller.doctor.facts.TracedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The report for people: what was decided, what was told to policies, what came of it, and the times. */
public final class TraceText {
    private static final String RESET = "\u001b[0m";
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[1;31m";
    private static final String CYAN = "\u001b[36m";
    private static final int LONGEST = 600;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final String SERVER_TIME = "x-envoy-upstream-service-time";

    private final TraceReport report;
    private final boolean colored;
    private final List<String> lines = new ArrayList<>();

    private TraceText(TraceReport report, boolean colored) {
        this.report = report;
        this.colored = colored;
    }

    /**
     * The report.
     *
     * @param colored whether a terminal shows it
     */
    public static String of(TraceReport report, boolean colored) {
        return new TraceText(report, colored).text();
    }

    private String text() {
        line(
                "REQUEST",
                "",
                report.requestId()
                        + report.call().map(call -> " at " + call.url()).orElse(""));
        report.log().audits().forEach(this::audit);
        report.routes().forEach(this::route);
        report.outcome().ifPresent(this::result);
        report.log().accesses().forEach(this::access);
        report.call().ifPresent(this::times);
        report.log().others().forEach(this::other);
        doubt().ifPresent(doubt -> line("NOTE", CYAN, doubt));
        report.gaps().forEach(gap -> line("UNKNOWN", CYAN, gap));
        return String.join("\n", lines) + "\n";
    }

    private void audit(AuditRecord audit) {
        Decision decision = Decision.of(audit);
        line("DECISION", decision.passed() ? GREEN : RED, decision.what());
        detail("told by", "the audit log, " + audit.source() + ", " + audit.text("time"));
        detail(
                "call",
                audit.text("method") + " " + audit.text("name") + " at " + audit.text("host") + audit.text("path"));
        detail("client", (audit.text("era") + " " + audit.text("protocolVersion")).strip());
        detail("caller", caller(audit));
        detail("session", audit.text("session"));
        if (!report.log().requestIds().equals(List.of(report.requestId()))) {
            detail("request", audit.text("requestId"));
        }
    }

    private static String caller(AuditRecord audit) {
        String subject = audit.text("subject");
        return subject.isEmpty() ? "" : subject + " of " + audit.text("issuer");
    }

    private void route(TraceReport.Route route) {
        RoutedCall call = route.call();
        Decision decision = Decision.of(call, version());
        boolean known = !report.log().audits().isEmpty();
        line(known ? "NOW" : "DECISION", decision.passed() ? GREEN : RED, decision.what());
        detail("why", decision.why());
        detail("URL", call.url());
        detail("host", call.host());
        detail("server", call.serverVersions().isEmpty() ? "" : "speaks " + String.join(", ", call.serverVersions()));
        detail(
                "told by",
                "%s, asked %s".formatted(String.join(", ", route.sources()), known ? "now" : "about such a call"));
        call.headers().forEach((name, value) -> detail("header", name + ": " + value));
    }

    /** The revision that the client speaks. */
    private String version() {
        return report.call()
                .map(TracedCall::protocolVersion)
                .or(() -> report.log().asked().map(RequestLog.Asked::protocolVersion))
                .orElse("");
    }

    private void result(Outcome outcome) {
        String status = outcome.status() == 0 ? "" : "HTTP " + outcome.status() + ": ";
        line(
                "RESULT",
                outcome.kind() == Outcome.Kind.OK ? GREEN : RED,
                outcome.kind().word() + ", " + status + outcome.text());
    }

    private void access(AccessRecord access) {
        line(
                "ENVOY",
                "",
                "HTTP %d in %d ms%s%s"
                        .formatted(
                                access.status(),
                                access.millis(),
                                access.serverMillis()
                                        .map(millis ->
                                                ", %d ms of them until %s answered".formatted(millis, access.server()))
                                        .orElse(""),
                                access.flags().equals("-") ? "" : ", flags " + access.flags()));
        detail("told by", "the access log, " + access.source());
    }

    private void times(TracedCall call) {
        String head = "TIMES";
        if (call.connection().isPresent()) {
            TracedCall.Connection connection = call.connection().get();
            line(
                    head,
                    "",
                    "connection  %s: name %s, TCP %s%s"
                            .formatted(
                                    millis(connection
                                            .lookup()
                                            .plus(connection.connect())
                                            .plus(connection.tls().orElse(Duration.ZERO))),
                                    millis(connection.lookup()),
                                    millis(connection.connect()),
                                    connection
                                            .tls()
                                            .map(tls -> ", TLS " + millis(tls))
                                            .orElse("")));
            head = "";
        }
        for (TracedCall.Timed timed : call.steps()) {
            line(
                    head,
                    "",
                    "%-11s %s until the answer began, %s in all"
                            .formatted(timed.step().name(), millis(timed.first()), millis(timed.whole())));
            head = "";
            serverTime(timed.step())
                    .ifPresent(server -> line("", "", "            Envoy waited %s ms of it".formatted(server)));
        }
        report.routes().stream()
                .mapToLong(TraceReport.Route::micros)
                .max()
                .ifPresent(micros ->
                        line("", "", "router      %s for the decision".formatted(millis(micros / MICROS_PER_MILLI))));
        if (call.tunnelled()) {
            line("", "", "(through a forwarded port, which takes time of its own; --url does without)");
        }
    }

    private static Optional<String> serverTime(CallReport.Step step) {
        return Optional.ofNullable(step.headers().get(SERVER_TIME)).filter(value -> value.matches("\\d{1,9}"));
    }

    private void other(LogLine found) {
        line("LOG", "", found.text());
        detail("told by", found.source());
    }

    /** Where what the router would do and what the client got do not fit, something else decided. */
    private Optional<String> doubt() {
        boolean refused = report.outcome()
                .filter(outcome -> outcome.kind() == Outcome.Kind.REFUSED)
                .isPresent();
        boolean wouldPass = !report.routes().isEmpty()
                && report.routes().stream()
                        .noneMatch(route -> route.call().decision().equals(RoutedCall.REFUSED));
        return refused && wouldPass && report.log().audits().stream().allMatch(AuditRecord::passed)
                ? Optional.of("the router lets such a call pass, so the server, a policy or a limit refused it;"
                        + " kubectl mcp doctor looks at these")
                : Optional.empty();
    }

    private void line(String head, String color, String text) {
        String word = "%-11s".formatted(head);
        lines.add((colored && !color.isEmpty() ? color + word + RESET : word) + shown(text));
    }

    private void detail(String name, String text) {
        if (!text.isEmpty()) {
            line("", "", "%-8s %s".formatted(name, text));
        }
    }

    private static String millis(Duration time) {
        return millis(time.toNanos() / NANOS_PER_MILLI);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis);
    }

    /** Servers and clients are quoted, and may say anything: nothing that a terminal acts on. */
    static String shown(String text) {
        String plain = text.replaceAll("[\\p{Cc}\\p{Cf}]+", " ").stripTrailing();
        return plain.length() <= LONGEST
                ? plain
                : plain.substring(0, LONGEST) + " ... (" + plain.length() + " characters; -o json shows more)";
    }
}
