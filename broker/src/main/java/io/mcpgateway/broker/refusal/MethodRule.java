package io.mcpgateway.broker.refusal;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Notification;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message has the method that its head names. Envoy has sent some of them past the router because of the client's
 * {@code Mcp-Method}, and policies have judged them by {@code x-mcp-method}. Legacy clients need not send the former, and
 * what they say in it does not count.
 */
public final class MethodRule {
    private static final int SHOWN_METHOD = 128;

    private MethodRule() {}

    /** Empty if head and message agree. Requests of modern clients are {@link ModernRule}'s business. */
    public static Optional<Refusal> refusal(RequestHeaders headers, JsonRpcMessage message) {
        return switch (message) {
            case Request request ->
                ModernRule.concerns(headers, request.method(), request.params().meta())
                        ? Optional.empty()
                        : refusal(headers, request.id(), Optional.of(request.method()));
            case Notification notification -> refusal(headers, JsonRpcId.NONE, Optional.of(notification.method()));
            case JsonRpcMessage.Reply _ -> refusal(headers, JsonRpcId.NONE, Optional.empty());
            // Refused anyway, with what is wrong with it.
            case JsonRpcMessage.Malformed _ -> Optional.empty();
        };
    }

    private static Optional<Refusal> refusal(RequestHeaders headers, JsonRpcId id, Optional<String> method) {
        return named(headers)
                .filter(name -> method.filter(name::equals).isEmpty())
                .findFirst()
                .map(name -> ModernRefusals.headerMismatch(
                        id,
                        "the header " + McpHeaders.METHOD + " says '" + JsonText.excerpt(name, SHOWN_METHOD) + "', but "
                                + method.map(said -> "method says '" + JsonText.excerpt(said, SHOWN_METHOD) + "'")
                                        .orElse("the message has no method")));
    }

    private static Stream<String> named(RequestHeaders headers) {
        Optional<String> client = ModernRule.concerns(headers) ? headers.trimmed(McpHeaders.METHOD) : Optional.empty();
        return Stream.of(headers.first(GatewayHeaders.METHOD), client).flatMap(Optional::stream);
    }
}
