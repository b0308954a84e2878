package io.mcpgateway.broker.status;

import io.mcpgateway.api.contract.reason.RoutedCall;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The question of {@code /status/route?name=<name>}. Pure. */
sealed interface RouteQuestion {
    /** The calls that have a line in the audit log, too. */
    List<String> METHODS = List.of(
            McpMethod.TOOLS_CALL.wireName(), McpMethod.PROMPTS_GET.wireName(), McpMethod.RESOURCES_READ.wireName());

    /**
     * What would be decided about a call.
     *
     * @param allowed to the caller
     */
    record About(RoutedCall.Question call, Authorization allowed) implements RouteQuestion {
        public About {
            Objects.requireNonNull(call, "call");
            Objects.requireNonNull(allowed, "allowed");
        }
    }

    /** Not a question. */
    record Bad(String problem) implements RouteQuestion {
        public Bad {
            Objects.requireNonNull(problem, "problem");
        }
    }

    /** Name, place and caller as of {@link WhyQuestion}; other parameters are ignored. */
    static RouteQuestion parse(Optional<String> rawQuery, Optional<String> claims) {
        return switch (WhyQuestion.parse(rawQuery, claims)) {
            case WhyQuestion.Bad(String problem) -> new Bad(problem);
            case WhyQuestion.About(String name, var virtualServer, var url, Authorization allowed) -> {
                Map<String, String> parameters = WhyQuestion.parameters(rawQuery);
                String method = parameters.getOrDefault(RoutedCall.METHOD_PARAMETER, METHODS.getFirst());
                String version = parameters.getOrDefault(RoutedCall.VERSION_PARAMETER, ProtocolVersions.LATEST);
                if (!METHODS.contains(method)) {
                    yield new Bad("method must be one of " + String.join(", ", METHODS));
                }
                if (!ProtocolVersions.NEWEST_FIRST.contains(version)) {
                    yield new Bad("protocolVersion must be one of " + String.join(", ", ProtocolVersions.NEWEST_FIRST));
                }
                yield url.filter(text -> !isUrl(text)).isPresent()
                        ? new Bad("url is not a URL")
                        : new About(new RoutedCall.Question(method, name, virtualServer, url, version), allowed);
            }
        };
    }

    private static boolean isUrl(String text) {
        try {
            return URI.create(text).getRawPath() != null;
        } catch (IllegalArgumentException bad) {
            return false;
        }
    }
}
