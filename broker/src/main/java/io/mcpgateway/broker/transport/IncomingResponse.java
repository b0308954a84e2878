package io.mcpgateway.broker.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A response whose headers are there. Its connection is used again if the body is read to its end, and closed if the
 * response is closed before.
 */
public final class IncomingResponse implements AutoCloseable {
    private final int status;
    private final Map<String, List<String>> headers;
    private final Body body;

    IncomingResponse(int status, Map<String, List<String>> headers, Optional<InputStream> body, OutgoingCall call) {
        this.status = status;
        this.headers = Objects.requireNonNull(headers, "headers");
        this.body = new Body(body, call);
    }

    public int status() {
        return status;
    }

    /** Names in lower case, in the order in which they came. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** All values of a header, which is named in lower case. */
    public List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** Whatever of the body is there, as soon as it is there; empty where HTTP has none. */
    public InputStream body() {
        return body;
    }

    /** For any thread. */
    @Override
    public void close() {
        body.close();
    }

    /** The library would read a body that nobody wants to its end, which may never come. */
    private static final class Body extends FilterInputStream {
        private final OutgoingCall call;
        private volatile boolean ended;

        Body(Optional<InputStream> body, OutgoingCall call) {
            super(body.orElseGet(InputStream::nullInputStream));
            this.ended = body.isEmpty();
            this.call = call;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            ended |= next < 0;
            return next;
        }

        @Override
        public int read(byte[] buffer, int from, int most) throws IOException {
            int length = super.read(buffer, from, most);
            ended |= length < 0;
            return length;
        }

        @Override
        public void close() {
            if (!ended) {
                call.cancel();
            }
        }
    }
}
