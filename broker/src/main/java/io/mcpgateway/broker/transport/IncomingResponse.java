package io.mcpgateway.broker.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hc.core5.http.HttpEntity;

/**
 * A response whose headers are there. Its connection is used again if the body is read to its end, and closed if the
 * response is closed before, unless it is {@link #finish finished}.
 */
public final class IncomingResponse implements AutoCloseable {
    private static final Duration REST_TIME = Duration.ofMillis(100);
    private static final int MOST_REST = 64 * 1024;
    private static final int PIECE = 4 * 1024;

    /** A server that announces more has to send it before it takes our memory. */
    private static final int MOST_AT_ONCE = 64 * 1024;

    private final int status;
    private final Map<String, List<String>> headers;
    private final Body body;

    IncomingResponse(
            int status,
            Map<String, List<String>> headers,
            Optional<HttpEntity> entity,
            OutgoingCall call,
            CallContext context)
            throws IOException {
        this.status = status;
        this.headers = Objects.requireNonNull(headers, "headers");
        this.body = new Body(entity, call, context);
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

    /** The first value of a header, which is named in lower case. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** Whatever of the body is there, as soon as it is there; empty where HTTP has none. */
    public InputStream body() {
        return body;
    }

    /**
     * For a reader that needs no more. The rest of the body is read if it comes within a moment and is small: servers
     * end a stream of events just after the answer in it. Else the connection is closed.
     */
    public void finish() {
        body.finish();
    }

    /** For any thread. */
    @Override
    public void close() {
        body.close();
    }

    /** The library would read a body that nobody wants to its end, which may never come. */
    private static final class Body extends FilterInputStream {
        private final OutgoingCall call;
        private final CallContext context;
        private long left;
        private volatile boolean ended;

        Body(Optional<HttpEntity> entity, OutgoingCall call, CallContext context) throws IOException {
            super(entity.isPresent() ? entity.get().getContent() : InputStream.nullInputStream());
            this.left = entity.map(HttpEntity::getContentLength).orElse(0L);
            this.ended = entity.isEmpty();
            this.call = call;
            this.context = context;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            ended |= next < 0;
            left -= 1;
            return next;
        }

        @Override
        public int read(byte[] buffer, int from, int most) throws IOException {
            int length = super.read(buffer, from, most);
            ended |= length < 0;
            left -= length;
            return length;
        }

        /** Java's own takes 16 KiB of memory to begin with, however short the body is. */
        @Override
        public byte[] readNBytes(int most) throws IOException {
            if (left < 0 || left >= most || left > MOST_AT_ONCE) {
                return super.readNBytes(most);
            }
            byte[] rest = new byte[(int) left];
            int length = readNBytes(rest, 0, rest.length);
            ended |= read() < 0;
            return length == rest.length ? rest : Arrays.copyOf(rest, length);
        }

        void finish() {
            if (ended) {
                return;
            }
            try {
                context.waitAtMost(REST_TIME);
                long latest = System.nanoTime() + REST_TIME.toNanos();
                byte[] rest = new byte[PIECE];
                for (int read = 0; !ended && read < MOST_REST && System.nanoTime() < latest; ) {
                    read += Math.max(0, read(rest));
                }
            } catch (IOException tooLate) {
                // The connection is of no use any more, whatever happened to it.
            } finally {
                close();
            }
        }

        @Override
        public void close() {
            if (!ended) {
                call.cancel();
            }
        }
    }
}
