package io.mcpgateway.broker.translation;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.era.HeaderText;
import io.mcpgateway.broker.era.ParamArgument;
import io.mcpgateway.broker.era.ParamHeader;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.McpMethod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A legacy client's call of a server that speaks a modern revision.
 *
 * @param name the served name or the URI, and where it stands in {@code body}
 * @param ownName what the server calls it
 * @param body as the client sent it, and the strict parser accepted it
 * @param params which arguments travel in headers, too
 */
public record LegacyCall(McpMethod method, TextSpan name, String ownName, RawJson body, List<ParamHeader> params) {
    /** What is not the client's to send in its era, or what no server gets from the gateway. */
    private static final Set<String> CUT = Set.of("task", McpResults.INPUT_RESPONSES, McpResults.REQUEST_STATE);

    /**
     * What a server wants to have back with the next round (MCP 2026-07-28, "Multi Round-Trip Requests").
     *
     * @param responses by the server's keys: each a JSON value
     * @param state the server's, byte for byte
     */
    public record Inputs(Map<String, RawJson> responses, Optional<RawJson> state) {
        /** Of the first round. */
        public static final Inputs NONE = new Inputs(Map.of(), Optional.empty());

        public Inputs {
            responses = Collections.unmodifiableMap(new LinkedHashMap<>(responses));
            Objects.requireNonNull(state, "state");
        }

        private List<String> members() {
            List<String> members = new ArrayList<>(2);
            if (!responses.isEmpty()) {
                members.add(responses.entrySet().stream()
                        .map(entry -> JsonText.quote(entry.getKey()) + ":" + entry.getValue())
                        .collect(Collectors.joining(",", JsonText.quote(McpResults.INPUT_RESPONSES) + ":{", "}")));
            }
            state.ifPresent(value -> members.add(JsonText.quote(McpResults.REQUEST_STATE) + ":" + value));
            return members;
        }
    }

    public LegacyCall {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(ownName, "ownName");
        Objects.requireNonNull(body, "body");
        params = List.copyOf(params);
    }

    /**
     * The request to the server.
     *
     * @param id of this round, the gateway's own
     * @throws IllegalStateException if {@code body} has no params or no id, which the parser would not have accepted
     */
    public RawJson request(JsonRpcId id, Introduction about, Inputs inputs) {
        ObjectSpans message = ObjectSpans.of(body).orElseThrow();
        ObjectSpans members = message.find("params")
                .flatMap(found -> ObjectSpans.of(body, found))
                .orElseThrow();
        List<Splice> edits = new ArrayList<>();
        edits.add(message.find("id").orElseThrow().replacedBy(id.json()));
        if (!ownName.equals(name.value())) {
            edits.add(name.replacedBy(ownName));
        }
        List<String> added = new ArrayList<>(inputs.members());
        Optional<ObjectSpans.Member> meta = members.find(McpMeta.MEMBER);
        Optional<ObjectSpans> ofMeta = meta.flatMap(found -> ObjectSpans.of(body, found));
        if (ofMeta.isPresent()) {
            edits.addAll(ofMeta.get().edit(key -> key.startsWith(McpMeta.PREFIX), about.members()));
        } else if (meta.isPresent()) {
            edits.add(meta.get().replacedBy(about.json().toString()));
        } else {
            added.add(JsonText.quote(McpMeta.MEMBER) + ":" + about.json());
        }
        edits.addAll(members.edit(CUT::contains, added));
        return Splice.all(edits, body);
    }

    /** The headers that repeat parts of the request (MCP 2026-07-28, Streamable HTTP, "Request Metadata"). */
    public Map<String, String> headers(String protocolVersion) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(McpHeaders.PROTOCOL_VERSION, protocolVersion);
        headers.put(McpHeaders.METHOD, method.wireName());
        if (method == McpMethod.TOOLS_CALL || method == McpMethod.PROMPTS_GET || method == McpMethod.RESOURCES_READ) {
            headers.put(McpHeaders.NAME, HeaderText.encode(ownName));
        }
        if (method == McpMethod.TOOLS_CALL) {
            Map<ParamHeader, ParamArgument> arguments = ParamArgument.of(params, body);
            params.forEach(param -> Optional.ofNullable(arguments.get(param))
                    .flatMap(ParamArgument::inHeader)
                    .ifPresent(said -> headers.put(param.header(), said)));
        }
        return headers;
    }
}
