package io.mcpgateway.broker.refusal;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.broker.era.HeaderText;
import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Meta;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Params;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which requests are modern ones, and what they have to say of themselves in headers and body: the same rule for the
 * router and the broker. Pure, without any regard to sessions, which do not exist here.
 */
public final class ModernRule {
    private static final List<String> SINGLE = List.of(McpHeaders.PROTOCOL_VERSION, McpHeaders.METHOD, McpHeaders.NAME);

    private static final int SHOWN_VALUE = 128;

    private ModernRule() {}

    /** Whether a request without a message (GET, DELETE) is one of a modern client. */
    public static boolean concerns(RequestHeaders headers) {
        return namesModern(headers) && !headers.has(McpHeaders.SESSION_ID);
    }

    /**
     * Whether a message is one of a modern client: it names a modern or later revision in its header or its
     * {@code _meta}, or any revision that is not ours in its {@code _meta}.
     *
     * <ul>
     *   <li>With a session ID, it has to do so in both. Clients in a session name later revisions all the same, and for
     *       them the session is what counts ({@link RevisionRule}).
     *   <li>{@code initialize} names the revision that the client wants in its params, so its header does not matter.
     *   <li>{@code server/discover} only exists in modern revisions.
     * </ul>
     */
    public static boolean concerns(RequestHeaders headers, String method, Meta meta) {
        boolean declared = meta.protocolVersion()
                .filter(version -> !ProtocolVersions.supported(version))
                .isPresent();
        if (headers.has(McpHeaders.SESSION_ID)) {
            return declared && namesModern(headers);
        }
        return declared
                || (namesModern(headers) && !method.equals(McpMethod.INITIALIZE.wireName()))
                || method.equals(McpMethod.DISCOVER.wireName());
    }

    /**
     * What is wrong with a modern request, by the first rule that it breaks; empty if it may go on. The order is that of
     * MCP 2026-07-28: what two readers could read in two ways, an unknown method, a message that does not say what it
     * has to, headers that say something else than the message, and last a revision that is not served. Where no modern
     * revision is served, none of their rules apply, and the request is told so at once.
     *
     * @param served the revisions that clients may use, with what the request sees
     */
    public static Optional<Refusal> refusal(RequestHeaders headers, Request request, ServedRevisions served) {
        if (!served.anyModern()) {
            Optional<String> named =
                    request.params().meta().protocolVersion().or(() -> headers.trimmed(McpHeaders.PROTOCOL_VERSION));
            return Optional.of(RevisionRefusals.ofRequest(request.id(), named, served));
        }
        return repeated(headers, request)
                .or(() -> withoutRevision(headers, request))
                .or(() -> unknownMethod(request))
                .or(() -> incompleteMeta(request))
                .or(() -> otherRevision(headers, request))
                .or(() -> otherMethod(headers, request))
                .or(() -> otherName(headers, request))
                .or(() -> notServed(request, served));
    }

    private static Optional<Refusal> repeated(RequestHeaders headers, Request request) {
        return SINGLE.stream()
                .filter(name -> headers.all(name).size() > 1)
                .findFirst()
                .map(name -> mismatch(request, "the header " + name + " is given more than once; send it once"));
    }

    private static Optional<Refusal> withoutRevision(RequestHeaders headers, Request request) {
        return headers.has(McpHeaders.PROTOCOL_VERSION)
                ? Optional.empty()
                : missing(request, McpHeaders.PROTOCOL_VERSION);
    }

    private static Optional<Refusal> unknownMethod(Request request) {
        return McpMethod.of(request.method()).filter(McpMethod::isModernRequest).isPresent()
                ? Optional.empty()
                : Optional.of(ModernRefusals.methodNotFound(request.id(), request.method()));
    }

    private static Optional<Refusal> incompleteMeta(Request request) {
        Meta meta = request.params().meta();
        if (meta.protocolVersion().isEmpty()) {
            return Optional.of(ModernRefusals.metaMissing(request.id(), McpMeta.PROTOCOL_VERSION, "a string"));
        }
        return meta.clientCapabilities().isEmpty()
                ? Optional.of(ModernRefusals.metaMissing(request.id(), McpMeta.CLIENT_CAPABILITIES, "an object"))
                : Optional.empty();
    }

    private static Optional<Refusal> otherRevision(RequestHeaders headers, Request request) {
        return compared(
                request,
                McpHeaders.PROTOCOL_VERSION,
                headers.trimmed(McpHeaders.PROTOCOL_VERSION),
                "params._meta",
                request.params().meta().protocolVersion());
    }

    private static Optional<Refusal> otherMethod(RequestHeaders headers, Request request) {
        Optional<String> method = headers.trimmed(McpHeaders.METHOD);
        return method.isEmpty()
                ? missing(request, McpHeaders.METHOD)
                : compared(request, McpHeaders.METHOD, method, "method", Optional.of(request.method()));
    }

    private static Optional<Refusal> otherName(RequestHeaders headers, Request request) {
        Params params = request.params();
        return switch (McpMethod.of(request.method()).orElse(null)) {
            case TOOLS_CALL, PROMPTS_GET -> otherName(headers, request, "params.name", params.name());
            case RESOURCES_READ -> otherName(headers, request, "params.uri", params.uri());
            case TASKS_GET, TASKS_UPDATE, TASKS_CANCEL -> otherName(headers, request, "params.taskId", params.taskId());
            case null, default -> Optional.empty();
        };
    }

    private static Optional<Refusal> otherName(
            RequestHeaders headers, Request request, String member, Optional<TextSpan> name) {
        Optional<String> value = headers.trimmed(McpHeaders.NAME);
        if (value.isEmpty()) {
            return missing(request, McpHeaders.NAME);
        }
        Optional<String> decoded = value.flatMap(HeaderText::decode);
        return decoded.isEmpty()
                ? Optional.of(mismatch(
                        request, "the header " + McpHeaders.NAME + " is not visible ASCII or Base64 as MCP writes it"))
                : compared(request, McpHeaders.NAME, decoded, member, name.map(TextSpan::value));
    }

    private static Optional<Refusal> notServed(Request request, ServedRevisions served) {
        return request.params()
                .meta()
                .protocolVersion()
                .filter(version -> !ProtocolVersions.modern(version) || !served.allows(version))
                .map(version -> RevisionRefusals.ofRequest(request.id(), Optional.of(version), served));
    }

    private static Optional<Refusal> compared(
            Request request, String header, Optional<String> value, String member, Optional<String> said) {
        return said.isPresent() && said.equals(value)
                ? Optional.empty()
                : Optional.of(mismatch(
                        request,
                        "the header " + header + " says " + shown(value) + ", but " + member + " says " + shown(said)));
    }

    private static Optional<Refusal> missing(Request request, String header) {
        return Optional.of(mismatch(request, "the header " + header + " is missing"));
    }

    private static Refusal mismatch(Request request, String problem) {
        return ModernRefusals.headerMismatch(request.id(), problem);
    }

    private static String shown(Optional<String> text) {
        return text.map(value -> "'" + JsonText.excerpt(value, SHOWN_VALUE) + "'")
                .orElse("nothing");
    }

    /** In one line or in several, as {@link RevisionRule} reads them. */
    private static boolean namesModern(RequestHeaders headers) {
        return headers.all(McpHeaders.PROTOCOL_VERSION).stream()
                .flatMap(line -> line.indexOf(',') < 0 ? Stream.of(line) : Stream.of(line.split(",", -1)))
                .map(RequestHeaders::trimmedValue)
                .anyMatch(ProtocolVersions::later);
    }
}
