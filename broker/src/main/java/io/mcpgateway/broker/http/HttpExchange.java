package io.mcpgateway.broker.http;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.url.PublicUrls.Asked;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One HTTP request and the way to answer it. */
public interface HttpExchange {
    /** The HTTP method, upper case. */
    String method();

    /** The path as sent, without its query. */
    String path();

    /** The query as sent, without the question mark. */
    Optional<String> query();

    /** The value of {@code Host}. */
    String authority();

    RequestHeaders headers();

    /** Where the client sent the request, as far as proxies in front tell. */
    default Asked asked() {
        return new Asked(
                headers()
                                .first("x-forwarded-proto")
                                .filter("https"::equalsIgnoreCase)
                                .isPresent()
                        ? "https"
                        : "http",
                headers().first("x-forwarded-host").orElseGet(this::authority));
    }

    /** Whether a body is announced ({@code Transfer-Encoding}, or a {@code Content-Length} above zero). */
    boolean announcesBody();

    /**
     * Reads the whole body.
     *
     * @throws BodyTooLarge if it is longer than the listener allows
     */
    RawJson body() throws IOException;

    /** Sends a whole response. For HEAD the body is left out and its length kept. */
    void answer(HttpAnswer answer) throws IOException;

    /**
     * Sends status and headers with the first bytes written. Each {@code flush} puts what was written on the wire;
     * {@code close} ends the response. Writing throws once the client has disconnected.
     */
    OutputStream stream(int status, Map<String, List<String>> headers) throws IOException;

    /**
     * Has {@code action} called, on another thread and at most once, if the client closes its connection before it has
     * the whole answer; to be called once the body was read.
     */
    void whenClientLeaves(Runnable action);

    /** The body is not framed as HTTP/1.1 asks, so where it ends is unknown. */
    final class BadFraming extends IOException {
        private static final long serialVersionUID = 1L;

        public BadFraming(Throwable cause) {
            super("the request body is not valid HTTP/1.1", cause);
        }
    }

    /** The body is longer than the listener allows. */
    final class BodyTooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        private final int limit;

        public BodyTooLarge(int limit) {
            super("the request body is larger than " + limit + " bytes");
            this.limit = limit;
        }

        /** In bytes. */
        public int limit() {
            return limit;
        }
    }
}
