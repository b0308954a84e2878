package io.mcpgateway.controller.doctor.objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.controller.doctor.facts.CallReport;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import java.util.Optional;

/** What the answers to a client's requests mean. */
public final class Answers {
    /** The reason if a policy refuses a request. */
    public static final String FORBIDDEN = "Forbidden";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_OF_A_BODY = 200;

    private Answers() {}

    /** What is wrong with an answer; nothing if it is as it should be, or asks for a token. */
    public static Optional<Finding> problem(CallReport.Step step, String subject, Remedies remedies) {
        String what = "%s: ".formatted(step.name());
        if (step.problem().isPresent()) {
            return Optional.of(Finding.broken(
                            Link.CALL,
                            "GatewayUnreachable",
                            subject,
                            what + step.problem().get())
                    .fixedBy(remedies.unreachable()));
        }
        Optional<String> body = excerpt(step.body());
        return switch (step.status()) {
            case 200, 202 -> content(step, subject, remedies);
            case 401 -> Optional.empty();
            case 403 ->
                Optional.of(Finding.broken(
                                Link.AUTHORIZATION, FORBIDDEN, subject, what + "403, a policy forbids the request")
                        .because(body)
                        .fixedBy(remedies.forbidden()));
            case 429 -> Optional.of(limited(step, subject, remedies).because(body));
            case 404 -> Optional.of(notFound(step, subject, remedies).because(body));
            default ->
                Optional.of(Finding.broken(Link.CALL, "CallFails", subject, what + "HTTP " + step.status())
                        .because(body)
                        .fixedBy(remedies.failing()));
        };
    }

    /** Our own refusals are JSON-RPC errors. */
    private static Finding limited(CallReport.Step step, String subject, Remedies remedies) {
        return tree(step.body()).has("error")
                ? Finding.broken(Link.CALL, "CallFails", subject, step.name() + ": HTTP 429")
                        .fixedBy(remedies.failing())
                : Finding.broken(
                                Link.CALL,
                                "RateLimited",
                                subject,
                                step.name() + ": 429, a rate limit in front of the gateway refuses the request")
                        .fixedBy(remedies.limited());
    }

    /** Of the first request it says that nothing is there, of a later one that the session is gone. */
    private static Finding notFound(CallReport.Step step, String subject, Remedies remedies) {
        return CallReport.isFirst(step)
                ? Finding.broken(
                                Link.CALL,
                                "NoRoute",
                                subject,
                                step.name() + ": 404, the gateway has no route for this host and path")
                        .fixedBy(remedies.noRoute())
                : Finding.broken(
                                Link.CALL,
                                "SessionLost",
                                subject,
                                step.name() + ": 404, the session that initialize has just started is not known:"
                                        + " do several brokers answer that share no session store or signing key?")
                        .fixedBy(remedies.sessionLost());
    }

    /** How many tools a list has. */
    public static int tools(CallReport.Step step) {
        return tree(step.body()).path("result").path("tools").size();
    }

    private static Optional<Finding> content(CallReport.Step step, String subject, Remedies remedies) {
        String what = "%s: ".formatted(step.name());
        JsonNode tree = tree(step.body());
        if (tree.has("error")) {
            return Optional.of(Finding.broken(
                            Link.CALL,
                            "CallFails",
                            subject,
                            what + tree.path("error").path("message").asText())
                    .fixedBy(remedies.failing()));
        }
        if (!tree.has("result")) {
            return Optional.of(Finding.broken(
                            Link.CALL,
                            "NotMcp",
                            subject,
                            what + "the answer is not one of an MCP server: something else is there")
                    .because(excerpt(step.body()))
                    .fixedBy(remedies.noRoute()));
        }
        Optional<String> other =
                introduction(step, tree.path("result")).filter(name -> !name.equals(BrokerLaunch.SERVER_INFO_NAME));
        if (other.isPresent()) {
            return Optional.of(Finding.broken(
                            Link.CALL,
                            "NotTheGateway",
                            subject,
                            "%san MCP server answers that calls itself \"%s\", not the gateway"
                                    .formatted(what, other.get()))
                    .fixedBy(remedies.noRoute()));
        }
        if (step.name().equals(CallReport.INITIALIZE) && !step.headers().containsKey(McpHeaders.SESSION_ID)) {
            return Optional.of(Finding.broken(
                            Link.CALL,
                            "NoSession",
                            subject,
                            what + "the answer has no header " + McpHeaders.SESSION_ID
                                    + ": something in between removes it, or the broker did not answer")
                    .fixedBy(remedies.noSession()));
        }
        return Optional.empty();
    }

    /** Who answers, if the answer says that. */
    private static Optional<String> introduction(CallReport.Step step, JsonNode result) {
        JsonNode info = step.name().equals(CallReport.INITIALIZE)
                ? result.path("serverInfo")
                : result.path("_meta").path(McpMeta.SERVER_INFO);
        return Optional.ofNullable(info.path("name").asText(null));
    }

    private static JsonNode tree(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).orElse(MissingNode.getInstance());
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static Optional<String> excerpt(String body) {
        return body.isBlank()
                ? Optional.empty()
                : Optional.of("it says: " + body.substring(0, Math.min(body.length(), MOST_OF_A_BODY)));
    }
}
