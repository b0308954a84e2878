package io.mcpgateway.broker.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.http.connection.ClientConnection;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One exchange of the Helidon server; its unchecked exceptions for disconnected peers are IOExceptions here. */
final class HelidonExchange implements HttpExchange {
    /** In bytes. Below it, a copy is cheaper than a write for each piece. */
    private static final int MOST_IN_ONE_WRITE = 16 * 1024;

    /** The form of a request's target that proxies use, and that every server must take. */
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]+)(.*)");

    private final ServerRequest request;
    private final ServerResponse response;
    private final int maxBodyBytes;
    private final ClientConnection connection;
    private final RequestHeaders headers;
    private final String path;
    private boolean begun;

    HelidonExchange(ServerRequest request, ServerResponse response, int maxBodyBytes, ClientConnection connection) {
        this.connection = connection;
        this.request = request;
        this.response = response;
        this.maxBodyBytes = maxBodyBytes;
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Header header : request.headers()) {
            values.put(header.headerName().lowerCase(), header.allValues());
        }
        String target = request.prologue().uriPath().rawPath();
        Matcher absolute = ABSOLUTE.matcher(target);
        if (absolute.matches()) {
            // Then Host does not count (RFC 9112, section 3.2.2).
            values.put(StandardHeaders.HOST, List.of(absolute.group(1)));
            target = absolute.group(2).isEmpty() ? "/" : absolute.group(2);
        }
        this.path = target;
        this.headers = RequestHeaders.of(values);
        if (announcesBody()) {
            connection.bodyComes();
        } else {
            connection.requestIsWhole();
        }
    }

    @Override
    public String method() {
        return request.prologue().method().text();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Optional<String> query() {
        String raw = request.prologue().query().rawValue();
        return raw == null || raw.isEmpty() ? Optional.empty() : Optional.of(raw);
    }

    @Override
    public String authority() {
        return headers.first("host").orElse("");
    }

    @Override
    public RequestHeaders headers() {
        return headers;
    }

    @Override
    public boolean announcesBody() {
        return headers.has("transfer-encoding")
                || headers.first("content-length")
                        .map(length -> !length.equals("0"))
                        .orElse(false);
    }

    @Override
    public RawJson body() throws IOException {
        try {
            // Closed only where all went well: closing reads on to the end, which after a mistake is nowhere.
            InputStream in = request.content().inputStream();
            byte[] bytes = in.readNBytes(mostBytes());
            if (bytes.length > maxBodyBytes) {
                // Up to the server's own limit: a client that still writes would not see our answer.
                in.transferTo(OutputStream.nullOutputStream());
                throw new BodyTooLarge(maxBodyBytes);
            }
            in.close();
            connection.requestIsWhole();
            return RawJson.owning(bytes);
        } catch (RequestException problem) {
            if (problem.eventType() == EventType.PAYLOAD_TOO_LARGE) {
                throw new BodyTooLarge(maxBodyBytes);
            }
            throw new BadFraming(problem);
        } catch (IllegalArgumentException notALength) {
            // Helidon reads the length of a chunk as a number, and lets go what is none.
            throw new BadFraming(notALength);
        } catch (CloseConnectionException | UncheckedIOException problem) {
            throw new IOException("the request body could not be read", problem);
        }
    }

    /** Not more than was announced, so a small message gets no larger buffer; one more than is allowed. */
    private int mostBytes() {
        long announced = request.headers().contentLength().orElse(Long.MAX_VALUE);
        return (int) Math.min(announced, maxBodyBytes + 1L);
    }

    @Override
    public void answer(HttpAnswer answer) throws IOException {
        begun = true;
        try {
            head(answer.status(), answer.headers());
            if (method().equals("HEAD")) {
                if (!response.headers().contains(HeaderNames.CONTENT_LENGTH)) {
                    response.headers().contentLength(answer.content().length());
                }
                response.send();
            } else if (answer.content().length() <= MOST_IN_ONE_WRITE) {
                answer.body().lendTo(response::send);
            } else {
                response.headers().contentLength(answer.content().length());
                try (OutputStream out = response.outputStream()) {
                    answer.content().writeTo(out);
                }
            }
        } catch (CloseConnectionException | UncheckedIOException gone) {
            throw new IOException("the client has disconnected", gone);
        }
    }

    @Override
    public OutputStream stream(int status, Map<String, List<String>> streamHeaders) throws IOException {
        begun = true;
        head(status, streamHeaders);
        return new CheckedStream(response.outputStream());
    }

    @Override
    public void whenClientLeaves(Runnable action) {
        connection.watch(action);
    }

    /** Puts the end of the response on the wire, which Helidon does after the handler, if at all. */
    void complete() {
        if (response instanceof RoutingResponse routed) {
            routed.commit();
        }
        connection.answered();
    }

    /** Whether a response was started, so no other can be sent. */
    boolean begun() {
        return begun;
    }

    /** Whether client or answer said that no further request follows. */
    boolean announcesClose() {
        return headers.all("connection").stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"))
                || response.headers().contains(HeaderValues.CONNECTION_CLOSE);
    }

    private void head(int status, Map<String, List<String>> all) {
        response.status(Status.create(status));
        all.forEach((name, values) -> response.headers().set(HeaderValues.create(name, values)));
    }

    /** Turns the server's unchecked exception for a disconnected peer into an IOException. */
    private static final class CheckedStream extends OutputStream {
        private final OutputStream out;

        CheckedStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (CloseConnectionException | UncheckedIOException gone) {
                throw new IOException("the client has disconnected", gone);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (CloseConnectionException | UncheckedIOException gone) {
                throw new IOException("the client has disconnected", gone);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (CloseConnectionException | UncheckedIOException gone) {
                throw new IOException("the client has disconnected", gone);
            }
        }
    }
}
