package io.mcpgateway.controller.doctor.objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.controller.doctor.facts.CallReport;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import java.util.Optional;

/** What the answers to a client's requests mean. */
public final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_OF_A_BODY = 200;

    private Answers() {}

    /** What is wrong with an answer; nothing if it is as it should be, or asks for a token. */
    public static Optional<Finding> problem(CallReport.Step step, String subject) {
        String what = "%s: ".formatted(step.name());
        if (step.problem().isPresent()) {
            return Optional.of(
                    Finding.broken(
                                    Link.CALL,
                                    "GatewayUnreachable",
                                    subject,
                                    what + step.problem().get())
                            .fixedBy(
                                    "kubectl get gateway -A   # its address; DNS and firewalls in between, or give --gateway-url"));
        }
        Optional<String> body = excerpt(step.body());
        return switch (step.status()) {
            case 200, 202 -> content(step, subject, what);
            case 401 -> Optional.empty();
            case 403 ->
                Optional.of(Finding.broken(
                                Link.AUTHORIZATION, "Forbidden", subject, what + "403, a policy forbids the request")
                        .because(body)
                        .fixedBy("kubectl get authorizationpolicy -A; kubectl get authpolicy -A"));
            case 404 ->
                Optional.of(Finding.broken(
                                Link.CALL,
                                "NoRoute",
                                subject,
                                what + "404, the gateway has no route for this host and path")
                        .because(body)
                        .fixedBy("kubectl get httproute -A   # which one has the host of the URL and the path /mcp?"));
            default ->
                Optional.of(Finding.broken(Link.CALL, "CallFails", subject, what + "HTTP " + step.status())
                        .because(body)
                        .fixedBy("kubectl logs -n mcp-system -l app=mcp-gateway --tail=50"));
        };
    }

    /** How many tools a list has. */
    public static int tools(CallReport.Step step) {
        return tree(step.body()).path("result").path("tools").size();
    }

    private static Optional<Finding> content(CallReport.Step step, String subject, String what) {
        JsonNode tree = tree(step.body());
        if (tree.has("error")) {
            return Optional.of(Finding.broken(
                            Link.CALL,
                            "CallFails",
                            subject,
                            what + tree.path("error").path("message").asText())
                    .fixedBy("kubectl logs -n mcp-system -l app=mcp-gateway --tail=50"));
        }
        if (!tree.has("result")) {
            return Optional.of(Finding.broken(
                            Link.CALL,
                            "NotMcp",
                            subject,
                            what + "the answer is not one of an MCP server: something else is there")
                    .because(excerpt(step.body()))
                    .fixedBy("kubectl get httproute -A   # which one has the host of the URL and the path /mcp?"));
        }
        if (step.name().equals(CallReport.INITIALIZE) && !step.headers().containsKey(McpHeaders.SESSION_ID)) {
            return Optional.of(Finding.broken(
                            Link.CALL,
                            "NoSession",
                            subject,
                            what + "the answer has no header " + McpHeaders.SESSION_ID
                                    + ": something in between removes it, or the broker did not answer")
                    .fixedBy("kubectl get envoyfilter -A"));
        }
        return Optional.empty();
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
