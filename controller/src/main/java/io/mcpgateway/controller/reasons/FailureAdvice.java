package io.mcpgateway.controller.reasons;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerStatus;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to look at if a server does not answer, to be added to what the broker says: the broker knows what went wrong, and
 * the controller which object the address came from.
 */
public final class FailureAdvice {
    private static final Pattern SERVICE = Pattern.compile("([^.]+)\\.([^.]+)\\.svc(\\..*)?");

    private FailureAdvice() {}

    /** What follows the broker's message; empty if the broker gives no code. */
    public static String of(McpServer server, ServerStatus status) {
        return status.failure()
                .map(code -> switch (code) {
                    case UNREACHABLE -> "; " + server.url() + " does not answer: " + look(server.url());
                    case TIMED_OUT ->
                        "; " + server.url() + " does not answer in time: " + look(server.url())
                                + ", and NetworkPolicies between the broker and it";
                    case WRONG_PATH -> " (spec.path is %s; change it with %s)".formatted(server.path(), edit(server));
                    case NOT_MCP ->
                        "; is there an MCP server at %s? Otherwise correct spec.path with %s, or the backend of its HTTPRoute"
                                .formatted(server.url(), edit(server));
                    case SERVER_ERROR -> "; see the log of the server at " + server.url();
                    case TLS_FAILED -> " (the broker calls " + server.url() + ")";
                    default -> "";
                })
                .orElse("");
    }

    private static String edit(McpServer server) {
        String name = server.name().value();
        int slash = name.indexOf('/');
        return slash < 0
                ? "kubectl edit mcpserverregistration " + name
                : "kubectl edit mcpserverregistration %s -n %s"
                        .formatted(name.substring(slash + 1), name.substring(0, slash));
    }

    private static String look(URI url) {
        String host = Objects.requireNonNullElse(url.getHost(), "");
        Matcher service = SERVICE.matcher(host);
        return service.matches()
                ? "check Service %2$s/%1$s and its pods with kubectl get service,endpoints,pods -n %2$s"
                        .formatted(service.group(1), service.group(2))
                : "check that " + host + " can be reached from the cluster";
    }
}
