package io.mcpgateway.broker.tracing;

import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ShownUri;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.McpMethod;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Objects;
import java.util.Optional;

/**
 * What spans say of a request or a notification: never its arguments, and no text of more than 256 characters. Pure.
 *
 * @param method empty if the gateway does not know it
 * @param target the name of the tool or prompt, or the URI of the resource without anything secret
 * @param id as text; none of a notification
 * @param revision that the message itself names
 */
record SpokenMessage(
        Optional<McpMethod> method, Optional<String> target, Optional<String> id, Optional<String> revision) {
    private static final int LONGEST = 256;
    /** In place of a method that anybody could make up. */
    private static final String OTHER = "_OTHER";

    SpokenMessage {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(revision, "revision");
    }

    /** Empty for replies, which belong to a request of the server, and for what is no message. */
    static Optional<SpokenMessage> of(RawJson body) {
        return switch (JsonRpcParser.parse(body)) {
            case JsonRpcMessage.Request(JsonRpcId id, String method, var params) ->
                Optional.of(of(method, params, Optional.of(excerpt(unquoted(id)))));
            case JsonRpcMessage.Notification(String method, var params) ->
                Optional.of(of(method, params, Optional.empty()));
            case JsonRpcMessage.Reply _, JsonRpcMessage.Malformed _ -> Optional.empty();
        };
    }

    private static SpokenMessage of(String method, JsonRpcMessage.Params params, Optional<String> id) {
        Optional<McpMethod> known = McpMethod.of(method);
        Optional<String> target = known.flatMap(spoken -> switch (spoken) {
            case TOOLS_CALL, PROMPTS_GET -> params.name().map(name -> name.value());
            case RESOURCES_READ, RESOURCES_SUBSCRIBE, RESOURCES_UNSUBSCRIBE ->
                params.uri().map(uri -> ShownUri.of(uri.value()));
            default -> Optional.empty();
        });
        return new SpokenMessage(
                known,
                target.map(SpokenMessage::excerpt),
                id,
                params.meta().protocolVersion().map(SpokenMessage::excerpt));
    }

    private static String unquoted(JsonRpcId id) {
        String json = id.json();
        return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
    }

    static String excerpt(String text) {
        return JsonText.excerpt(text, LONGEST);
    }

    /**
     * The same message as its server gets it.
     *
     * @param ownName the server's own name of the tool or prompt
     * @param protocolVersion the revision of this hop, if it is known
     */
    SpokenMessage to(Optional<String> ownName, Optional<String> protocolVersion) {
        Optional<String> there = method.filter(SpokenMessage::hasName).isPresent()
                ? ownName.map(SpokenMessage::excerpt).or(() -> target)
                : target;
        return new SpokenMessage(method, there, id, protocolVersion);
    }

    /**
     * The name of a span.
     *
     * @param targetExists whether the target is something that a server lists, so that there are not too many names
     */
    String spanName(boolean targetExists) {
        return targetExists && method.filter(SpokenMessage::hasName).isPresent()
                ? target.map(name -> methodName() + " " + name).orElseGet(this::methodName)
                : methodName();
    }

    String methodName() {
        return method.map(McpMethod::wireName).orElse(OTHER);
    }

    /** Everything but the method. */
    Attributes attributes() {
        AttributesBuilder all =
                Attributes.builder().put(SpanKeys.TRANSPORT, "tcp").put(SpanKeys.PROTOCOL, "http");
        id.ifPresent(text -> all.put(SpanKeys.REQUEST_ID, text));
        revision.ifPresent(text -> all.put(SpanKeys.PROTOCOL_VERSION, text));
        method.ifPresent(spoken -> {
            switch (spoken) {
                case TOOLS_CALL -> {
                    all.put(SpanKeys.OPERATION, "execute_tool");
                    target.ifPresent(name -> all.put(SpanKeys.TOOL, name));
                }
                case PROMPTS_GET -> target.ifPresent(name -> all.put(SpanKeys.PROMPT, name));
                default -> target.ifPresent(uri -> all.put(SpanKeys.RESOURCE, uri));
            }
        });
        return all.build();
    }

    private static boolean hasName(McpMethod method) {
        return method == McpMethod.TOOLS_CALL || method == McpMethod.PROMPTS_GET;
    }
}
