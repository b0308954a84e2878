package io.mcpgateway.broker.http;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.json.JsonPieces;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A whole response.
 *
 * @param headers in order; the listener adds {@code Content-Length} and {@code Date}
 * @param content the bytes as they go out, JSON or plain text; may be empty
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, JsonPieces content) {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final RawJson NOTHING = RawJson.of("");

    public HttpAnswer {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        Objects.requireNonNull(content, "content");
    }

    public HttpAnswer(int status, Map<String, List<String>> headers, RawJson body) {
        this(status, headers, JsonPieces.of(body));
    }

    public static HttpAnswer empty(int status) {
        return new HttpAnswer(status, Map.of(), NOTHING);
    }

    /** One line of text. */
    public static HttpAnswer text(int status, String line) {
        return new HttpAnswer(status, Map.of("Content-Type", List.of(TEXT)), RawJson.of(line + "\n"));
    }

    public static HttpAnswer json(int status, RawJson body) {
        return json(status, JsonPieces.of(body));
    }

    public static HttpAnswer json(int status, JsonPieces content) {
        return new HttpAnswer(status, Map.of("Content-Type", List.of(MediaTypes.JSON)), content);
    }

    /** A JSON-RPC error. */
    public static HttpAnswer error(int status, JsonRpcId id, JsonRpcError error) {
        return json(status, JsonRpcText.error(id, error));
    }

    /** 413; what is left of the body is not read, so the connection ends with it. */
    public static HttpAnswer of(HttpExchange.BodyTooLarge problem) {
        return of(Refusals.bodyTooLarge(problem.limit())).with("Connection", "close");
    }

    /** 400; where the body ends is unknown, so the connection ends with it. */
    static HttpAnswer of(HttpExchange.BadFraming problem) {
        return error(
                        400,
                        JsonRpcId.NONE,
                        new JsonRpcError(
                                JsonRpcCodes.INVALID_REQUEST,
                                "the request body is not valid HTTP/1.1: check its length or its chunks"))
                .with("Connection", "close");
    }

    /** What the router answers, given by somebody else. */
    public static HttpAnswer of(Refusal reject) {
        return new HttpAnswer(reject.status(), Map.of("Content-Type", List.of(reject.contentType())), reject.body());
    }

    /** The same answer with one more header. */
    public HttpAnswer with(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        more.put(name, List.of(value));
        return new HttpAnswer(status, more, content);
    }

    /** The content in one piece. */
    public RawJson body() {
        return content.text();
    }
}
