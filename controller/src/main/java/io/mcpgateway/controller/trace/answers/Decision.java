package io.mcpgateway.controller.trace.answers;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.api.contract.reason.RoutedCall;
import io.mcpgateway.api.wire.McpRevisions;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * What was decided about a call, in words.
 *
 * @param what such as {@code forwarded to server ns/one as greet}
 * @param why one line; empty if nothing is known
 * @param passed whether the call went on
 */
record Decision(String what, String why, boolean passed) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Decision {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(why, "why");
    }

    /** As the audit log has it. */
    static Decision of(AuditRecord audit) {
        String status = audit.text("status");
        String code = audit.text("code");
        return new Decision(
                audit.text("decision")
                        + to(audit.text("server"), audit.text("ownName"))
                        + (status.isEmpty() ? "" : ", HTTP " + status)
                        + (code.isEmpty() ? "" : ", code " + code),
                "",
                audit.passed());
    }

    /** As a broker would decide now. */
    static Decision of(RoutedCall call, String clientVersion) {
        return new Decision(
                call.decision()
                        + to(call.server(), call.ownName())
                        + call.answer()
                                .map(answer -> ", HTTP " + answer.status())
                                .orElse(""),
                why(call, clientVersion),
                !call.decision().equals(RoutedCall.REFUSED));
    }

    private static String to(String server, String ownName) {
        return server.isEmpty() ? "" : " to " + server + (ownName.isEmpty() ? "" : " as " + ownName);
    }

    private static String why(RoutedCall call, String client) {
        String server = call.serverVersion();
        boolean sameEra = era(client).equals(era(server));
        return switch (call.decision()) {
            case RoutedCall.FORWARDED ->
                sameEra
                        ? "client (%s) and server (%s) are both %s, so Envoy sends the call to the server"
                                .formatted(client, server, era(client))
                        : "the client is %s (%s), the server %s (%s), and the answer can be translated on its way"
                                .formatted(era(client), client, era(server), server);
            case RoutedCall.BRIDGED ->
                "the client is %s (%s), the server %s (%s), so the broker makes the call"
                        .formatted(era(client), client, era(server), server);
            case RoutedCall.ANSWERED -> "it is a tool of the gateway itself";
            default -> call.answer().flatMap(Decision::message).orElse("");
        };
    }

    private static String era(String version) {
        return McpRevisions.MODERN.contains(version) ? "modern" : "legacy";
    }

    private static Optional<String> message(RoutedCall.Answer answer) {
        try {
            String message =
                    JSON.readTree(answer.body()).path("error").path("message").asText("");
            return Optional.of(message.isEmpty() ? answer.body() : message);
        } catch (IOException notJson) {
            return Optional.of(answer.body());
        }
    }
}
