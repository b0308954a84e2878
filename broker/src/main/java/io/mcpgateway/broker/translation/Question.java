package io.mcpgateway.broker.translation;

import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.McpMethod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a modern server asks the client for before it goes on with a call (MCP 2026-07-28, "Multi Round-Trip Requests"):
 * for a legacy client, a request on the stream that answers the call.
 *
 * @param key the server's, unique in one round
 * @param method of elicitation, sampling or roots
 * @param params as the server wrote them
 */
public record Question(String key, McpMethod method, Optional<RawJson> params) {
    private static final String ELICITATION = "elicitation";
    private static final String SAMPLING = "sampling";

    public Question {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(params, "params");
    }

    /** What the client does not support of it, as MCP names it; empty if it can be asked. */
    public Optional<String> undeclared(ClientFeatures features) {
        RawJson declared = features.declared();
        return switch (method) {
            case ELICIT -> {
                String mode = isUrl() ? "url" : "form";
                yield features.elicitation() && elicits(declared, mode)
                        ? Optional.empty()
                        : Optional.of(ELICITATION + "." + mode);
            }
            case CREATE_MESSAGE ->
                !features.sampling()
                        ? Optional.of(SAMPLING)
                        : hasParam("tools")
                                        && member(declared, SAMPLING, "tools").isEmpty()
                                ? Optional.of(SAMPLING + ".tools")
                                : Optional.empty();
            default -> features.roots() ? Optional.empty() : Optional.of("roots");
        };
    }

    /** MCP 2025-11-25, "Elicitation": to declare no mode is to declare forms. */
    private static boolean elicits(RawJson declared, String mode) {
        boolean other = member(declared, ELICITATION, mode.equals("url") ? "form" : "url")
                .isPresent();
        return member(declared, ELICITATION, mode).isPresent() || (mode.equals("form") && !other);
    }

    private static Optional<RawJson> member(RawJson json, String outer, String inner) {
        return ObjectSpans.of(json)
                .flatMap(object -> object.find(outer))
                .flatMap(found -> ObjectSpans.of(json, found))
                .flatMap(object -> object.find(inner))
                .map(found -> found.in(json));
    }

    private boolean isUrl() {
        return param("mode").flatMap(Scalars::text).equals(Optional.of("url"));
    }

    private boolean hasParam(String name) {
        return param(name).isPresent();
    }

    private Optional<RawJson> param(String name) {
        return params.flatMap(json ->
                ObjectSpans.of(json).flatMap(object -> object.find(name)).map(found -> found.in(json)));
    }

    /**
     * The request to the client. An elicitation by URL gets an ID, which legacy revisions demand and modern ones do not
     * have.
     *
     * @param id the gateway's, without quotes
     */
    public RawJson forClient(String id) {
        String quoted = JsonText.quote(id);
        StringBuilder json = new StringBuilder("{\"jsonrpc\":\"2.0\",\"id\":")
                .append(quoted)
                .append(",\"method\":\"")
                .append(method.wireName())
                .append('"');
        params.map(given -> isUrl() && !hasParam("elicitationId") ? named(given, quoted) : given)
                .ifPresent(given -> json.append(",\"params\":").append(given));
        return RawJson.of(json.append('}').toString());
    }

    private static RawJson named(RawJson params, String quotedId) {
        List<Splice> edits =
                ObjectSpans.of(params).orElseThrow().edit(_ -> false, List.of("\"elicitationId\":" + quotedId));
        return Splice.all(edits, params);
    }
}
