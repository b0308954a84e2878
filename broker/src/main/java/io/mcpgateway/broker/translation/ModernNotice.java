package io.mcpgateway.broker.translation;

import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.mcp.McpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What of the notifications of a legacy server a modern client wants with the answer to its request.
 *
 * @param progressToken that the request has, a JSON value; without it, the client does not hear of progress
 * @param logLevel the least severe log message that it wants; without it, it gets none (MCP 2026-07-28, "Logging")
 */
public record ModernNotice(Optional<RawJson> progressToken, Optional<LogLevel> logLevel) {
    /** Modern revisions do not have it any more. */
    private static final String ELICITED = "notifications/elicitation/complete";

    public ModernNotice {
        Objects.requireNonNull(progressToken, "progressToken");
        Objects.requireNonNull(logLevel, "logLevel");
    }

    /**
     * A notification as it goes on; empty for what has no place in the answer to a request: changes of lists and
     * resources, which clients subscribe to, and what the client does not want. The progress of a call that its client
     * had to repeat has the token of the latest request.
     */
    public Optional<RawJson> forClient(RawJson message) {
        Optional<ObjectSpans> members = ObjectSpans.of(message);
        Optional<ObjectSpans> params =
                members.flatMap(object -> object.find("params")).flatMap(found -> ObjectSpans.of(message, found));
        if (params.filter(ObjectSpans::repeats).isPresent()) {
            return Optional.empty();
        }
        String method = members.flatMap(object -> object.find("method"))
                .flatMap(found -> Scalars.text(found.in(message)))
                .orElse(ELICITED);
        return switch (McpMethod.of(method).orElse(null)) {
            case PROGRESS -> progress(message, params);
            case MESSAGE ->
                params.flatMap(object -> loud(message, object)).map(object -> edited(message, object, List.of()));
            case TOOLS_CHANGED, PROMPTS_CHANGED, RESOURCES_CHANGED, RESOURCE_UPDATED, ROOTS_CHANGED, ACKNOWLEDGED ->
                Optional.empty();
            case null ->
                method.equals(ELICITED)
                        ? Optional.empty()
                        : Optional.of(params.map(object -> edited(message, object, List.of()))
                                .orElse(message));
            default -> Optional.empty();
        };
    }

    private Optional<RawJson> progress(RawJson message, Optional<ObjectSpans> params) {
        Optional<ObjectSpans.Member> token = params.flatMap(object -> object.find(McpMeta.PROGRESS_TOKEN));
        return progressToken.isEmpty() || token.isEmpty()
                ? Optional.empty()
                : Optional.of(edited(
                        message,
                        params.orElseThrow(),
                        List.of(token.get().replacedBy(progressToken.get().toString()))));
    }

    private Optional<ObjectSpans> loud(RawJson message, ObjectSpans params) {
        Optional<LogLevel> level = params.find("level")
                .flatMap(found -> Scalars.text(found.in(message)))
                .flatMap(LogLevel::of);
        boolean wanted = level.isPresent()
                && logLevel.filter(least -> level.get().compareTo(least) >= 0).isPresent();
        return wanted ? Optional.of(params) : Optional.empty();
    }

    /** Without what is about the server's hop. */
    private static RawJson edited(RawJson message, ObjectSpans params, List<Splice> further) {
        List<Splice> edits = new ArrayList<>(further);
        params.find(McpMeta.MEMBER)
                .flatMap(found -> ObjectSpans.of(message, found))
                .ifPresent(meta -> edits.addAll(meta.edit(key -> key.startsWith(McpMeta.PREFIX), List.of())));
        return edits.isEmpty() ? message : Splice.all(edits, message);
    }
}
