package io.mcpgateway.broker.translation;

import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.McpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A modern client's call of a server that speaks a legacy revision.
 *
 * @param name the served name or the URI, and where it stands in {@code body}
 * @param ownName what the server calls it
 * @param body as the client sent it, and the strict parser accepted it
 */
public record ModernCall(McpMethod method, TextSpan name, String ownName, RawJson body) {
    private static final RawJson NO_ARGUMENTS = RawJson.of("");
    /** What only exists in modern revisions, or what no server gets from the gateway. */
    private static final Set<String> CUT = Set.of("task", McpResults.INPUT_RESPONSES, McpResults.REQUEST_STATE);

    public ModernCall {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(ownName, "ownName");
        Objects.requireNonNull(body, "body");
    }

    /**
     * The request to the server: what the client says of itself was said at initialize.
     *
     * @param id the gateway's own
     * @throws IllegalStateException if {@code body} has no params or no id, which the parser would not have accepted
     */
    public RawJson request(JsonRpcId id) {
        ObjectSpans message = ObjectSpans.of(body).orElseThrow(IllegalStateException::new);
        ObjectSpans params = params().orElseThrow(IllegalStateException::new);
        List<Splice> edits = new ArrayList<>();
        edits.add(message.find("id").orElseThrow(IllegalStateException::new).replacedBy(id.json()));
        if (!ownName.equals(name.value())) {
            edits.add(name.replacedBy(ownName));
        }
        Optional<ObjectSpans> meta = params.find(McpMeta.MEMBER).flatMap(found -> ObjectSpans.of(body, found));
        boolean nothingLeft = meta.map(object -> object.members().stream().allMatch(ModernCall::isOfThisHop))
                .orElse(false);
        if (meta.isPresent() && !nothingLeft) {
            edits.addAll(meta.get().edit(key -> key.startsWith(McpMeta.PREFIX), List.of()));
        }
        edits.addAll(params.edit(key -> CUT.contains(key) || (nothingLeft && key.equals(McpMeta.MEMBER)), List.of()));
        return Splice.all(edits, body);
    }

    private static boolean isOfThisHop(ObjectSpans.Member member) {
        return member.name().startsWith(McpMeta.PREFIX);
    }

    /** {@code params.arguments}, byte for byte; nothing if there is none. */
    public RawJson arguments() {
        return param("arguments").orElse(NO_ARGUMENTS);
    }

    /** {@code params._meta.progressToken}, byte for byte: under which the client takes notice of progress. */
    public Optional<RawJson> progressToken() {
        return params().flatMap(object -> object.find(McpMeta.MEMBER))
                .flatMap(found -> ObjectSpans.of(body, found))
                .flatMap(object -> object.find(McpMeta.PROGRESS_TOKEN))
                .map(found -> found.in(body));
    }

    private Optional<RawJson> param(String member) {
        return params().flatMap(object -> object.find(member)).map(found -> found.in(body));
    }

    private Optional<ObjectSpans> params() {
        return ObjectSpans.of(body)
                .flatMap(message -> message.find("params"))
                .flatMap(found -> ObjectSpans.of(body, found));
    }
}
