package io.mcpgateway.broker.router;

import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.MessageSpans;
import io.mcpgateway.broker.sse.MessageEdit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What changes in the messages of one server session on their way to the client: the id of a request (elicitation,
 * sampling, roots, ping, and what will be invented yet), and the same id where the server cancels that request. Replies
 * and all other notifications pass as they are.
 */
public record ServerMessages(ServerRequestIds ids, RequestOrigin origin) implements MessageEdit {
    private static final Set<String> LIST_CHANGES = Arrays.stream(CapabilityKind.values())
            .map(kind -> kind.changedMethod().wireName())
            .collect(Collectors.toUnmodifiableSet());

    public ServerMessages {
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(origin, "origin");
    }

    @Override
    public Optional<Splice> of(byte[] message) {
        return of(RawJson.of(message));
    }

    @Override
    public boolean leavesAlone(byte[] beginning) {
        return MessageSpans.beginsAsReply(beginning);
    }

    /** The message as the client sees it. */
    public RawJson forClient(RawJson message) {
        return of(message).map(splice -> splice.applyTo(message)).orElse(message);
    }

    /**
     * A message of the server session's own stream as the client's stream is to carry it. Empty for what has no place
     * there: a reply, since nothing was asked there, and changes of lists, which the client hears of from the gateway.
     */
    public Optional<RawJson> onClientsStream(RawJson message) {
        String method = MessageSpans.read(message).method();
        return method.isEmpty() || LIST_CHANGES.contains(method) ? Optional.empty() : Optional.of(forClient(message));
    }

    private Optional<Splice> of(RawJson message) {
        MessageSpans spans = MessageSpans.read(message);
        if (spans.method().isEmpty()) {
            return Optional.empty();
        }
        Optional<MessageSpans.Span> id = spans.method().equals(McpMethod.CANCELLED.wireName())
                        && spans.id().isEmpty()
                ? spans.requestId()
                : spans.id();
        return id.flatMap(span ->
                ids.issue(origin, new JsonRpcId(span.json())).map(text -> span.replacedBy(JsonText.quote(text))));
    }
}
