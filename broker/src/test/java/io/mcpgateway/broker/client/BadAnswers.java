package io.mcpgateway.broker.client;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Answers to request 2 that are none: status, content type, body, and words of the failure's message. */
final class BadAnswers {
    private BadAnswers() {}

    static Stream<Arguments> all() {
        return Stream.of(
                Arguments.of(200, "text/html", "<html></html>", "content type text/html"),
                Arguments.of(200, "application/json", "{\"jsonrpc\":\"2.0\"", "malformed JSON"),
                Arguments.of(200, "application/json", "[]", "malformed JSON"),
                Arguments.of(200, "application/json", "{\"id\":2,\"result\":{}}", "not a JSON-RPC 2.0 message"),
                Arguments.of(
                        200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}", "another request"),
                Arguments.of(
                        200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":\"22\",\"result\":1}", "another request"),
                Arguments.of(
                        200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":2.5,\"result\":1}", "another request"),
                Arguments.of(
                        200,
                        "application/json",
                        "[{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":1},{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":1}]",
                        "malformed JSON"),
                Arguments.of(200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":2}", "either a result or an error"),
                Arguments.of(
                        200,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":1,\"result\":2}",
                        "given twice"),
                Arguments.of(
                        200,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}",
                        "does not belong to the request"),
                Arguments.of(202, "text/plain", "", "HTTP 202"),
                Arguments.of(200, "text/event-stream", ": nothing\n\n", "ended without a response"),
                Arguments.of(200, "text/event-stream", "data: nonsense\n\n", "ended without a response"),
                Arguments.of(401, "text/plain", "", "auth failed: the server answered HTTP 401"),
                Arguments.of(403, "application/json", "{}", "auth failed: the server answered HTTP 403"),
                Arguments.of(404, "text/plain", "", "no longer knows our session"),
                Arguments.of(500, "text/plain", "oops", "HTTP 500"),
                Arguments.of(302, "text/plain", "", "HTTP 302"),
                Arguments.of(200, "application/json", "x".repeat(200_001), "larger than the limit of 200000"),
                Arguments.of(200, "text/event-stream", "data: " + "x".repeat(150_001), "larger than the limit"),
                Arguments.of(200, "text/event-stream", ": x\n\n".repeat(50_000), "larger than the limit"));
    }
}
