package io.mcpgateway.controller.doctor.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one check came to, about one object.
 *
 * @param reason one CamelCase word that scripts can rely on
 * @param subject kind and name, such as {@code Gateway gateway-system/mcp-gateway}
 * @param message one line for people; no secret
 * @param evidence what it was concluded from, one line each
 * @param fix commands that mend it or lead on, one line each; nothing runs them
 */
public record Finding(
        Link link,
        Verdict verdict,
        String reason,
        String subject,
        String message,
        List<String> evidence,
        List<String> fix) {
    public Finding {
        Objects.requireNonNull(link, "link");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(subject, "subject");
        message = oneLine(message);
        evidence = evidence.stream().map(Finding::oneLine).toList();
        fix = List.copyOf(fix);
    }

    public static Finding ok(Link link, String subject, String message) {
        return new Finding(link, Verdict.OK, "Ok", subject, message, List.of(), List.of());
    }

    public static Finding warning(Link link, String reason, String subject, String message) {
        return new Finding(link, Verdict.WARNING, reason, subject, message, List.of(), List.of());
    }

    public static Finding broken(Link link, String reason, String subject, String message) {
        return new Finding(link, Verdict.BROKEN, reason, subject, message, List.of(), List.of());
    }

    public static Finding unknown(Link link, String reason, String subject, String message) {
        return new Finding(link, Verdict.UNKNOWN, reason, subject, message, List.of(), List.of());
    }

    /** With one more line of evidence. */
    public Finding because(String line) {
        return because(List.of(line));
    }

    /** With more lines of evidence. */
    public Finding because(List<String> lines) {
        List<String> more = new ArrayList<>(evidence);
        more.addAll(lines);
        return new Finding(link, verdict, reason, subject, message, more, fix);
    }

    /** With one more line of evidence, if there is one. */
    public Finding because(Optional<String> line) {
        return line.map(this::because).orElse(this);
    }

    /** With one more command. */
    public Finding fixedBy(String command) {
        List<String> more = new ArrayList<>(fix);
        more.add(command);
        return new Finding(link, verdict, reason, subject, message, evidence, more);
    }

    /** With more in its message, and a command that comes before the others. */
    public Finding suspecting(String what, String command) {
        List<String> more = new ArrayList<>(List.of(command));
        more.addAll(fix);
        return new Finding(link, verdict, reason, subject, message + "; " + what, evidence, more);
    }

    /** Servers and gateways are quoted, and may say anything: no control characters reach a terminal. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
