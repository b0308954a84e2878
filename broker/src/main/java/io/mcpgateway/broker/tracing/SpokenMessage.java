package io.mcpgateway.broker.tracing;

import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ShownUri;
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
 * @param scan of the client's message
 */
record SpokenMessage(
        Optional<McpMethod> method,
        Optional<String> target,
        Optional<String> id,
        Optional<String> revision,
        SpanScan scan) {
    private static final int LONGEST = 256;
    /** In place of a method that anybody could make up. */
    private static final String OTHER = "_OTHER";

    SpokenMessage {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(scan, "scan");
    }

    /** Empty for replies, which belong to a request of the server, and for what is no message. */
    static Optional<SpokenMessage> of(RawJson body) {
        return SpanScan.of(body).flatMap(scan -> scan.method().map(method -> of(scan, method)));
    }

    private static SpokenMessage of(SpanScan scan, String method) {
        Optional<McpMethod> known = McpMethod.of(method);
        Optional<String> target = known.flatMap(spoken -> switch (spoken) {
            case TOOLS_CALL, PROMPTS_GET -> scan.name();
            case RESOURCES_READ, RESOURCES_SUBSCRIBE, RESOURCES_UNSUBSCRIBE ->
                scan.uri().map(ShownUri::of);
            default -> Optional.empty();
        });
        return new SpokenMessage(
                known,
                target.map(SpokenMessage::excerpt),
                scan.id().map(SpokenMessage::excerpt),
                scan.revision().map(SpokenMessage::excerpt),
                scan);
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
        return new SpokenMessage(method, there, id, protocolVersion, scan);
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
