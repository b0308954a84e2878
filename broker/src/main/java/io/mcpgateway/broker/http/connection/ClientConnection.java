package io.mcpgateway.broker.http.connection;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one client sends. Helidon only reads when it needs a request; while one is being answered, {@link
 * #watch} reads ahead on its own thread, so the end of the connection is noticed. Anything else that it reads is
 * the next request, which it keeps for Helidon.
 */
public final class ClientConnection {
    private static final long NONE = 0;

    private final HelidonSocket socket;
    private final DataReader before;
    private final Duration headTime;
    private final Duration bodyTime;
    private final AtomicReference<@Nullable CompletableFuture<Optional<byte[]>>> ahead = new AtomicReference<>();
    private volatile @Nullable Runnable whenGone;
    private volatile long deadline;
    private volatile boolean betweenRequests = true;

    /**
     * A connection that was just accepted.
     *
     * @param before what was read of it already
     * @param headTime how long a client may take from the first byte of a request to the end of its headers
     * @param bodyTime how long it may take for the body, and for the first byte of its first request
     */
    ClientConnection(HelidonSocket socket, DataReader before, Duration headTime, Duration bodyTime) {
        this.socket = socket;
        this.before = before;
        this.headTime = headTime;
        this.bodyTime = bodyTime;
        this.deadline = after(bodyTime);
    }

    /** The headers have arrived, and a body follows. */
    public void bodyComes() {
        deadline = after(bodyTime);
    }

    /** The request is here as a whole. */
    public void requestIsWhole() {
        deadline = NONE;
    }

    /** It was answered; the next one may take its time. */
    public void answered() {
        whenGone = null;
        deadline = NONE;
        betweenRequests = true;
    }

    /**
     * Watches the client until the request is {@link #answered}; to be called from any thread once the request is whole.
     *
     * @param whenGone called on another thread, at most once, if the client closes the connection or its sending side
     */
    public void watch(Runnable whenGone) {
        this.whenGone = whenGone;
        CompletableFuture<Optional<byte[]>> reading = new CompletableFuture<>();
        if (ahead.compareAndSet(null, reading)) {
            Thread.ofVirtual().name("client-watch").start(() -> readAhead(reading));
        }
    }

    private void readAhead(CompletableFuture<Optional<byte[]>> reading) {
        Optional<byte[]> bytes;
        try {
            bytes = Optional.ofNullable(socket.get());
        } catch (RuntimeException broken) {
            bytes = Optional.empty();
        }
        reading.complete(bytes);
        Runnable told = whenGone;
        if (bytes.isEmpty() && told != null) {
            told.run();
        }
    }

    /** The next bytes for Helidon, null at the end; on the connection's own thread. */
    byte @Nullable [] next() {
        int kept = before.available();
        byte[] bytes = kept > 0 ? before.readBuffer(kept).readBytes() : read();
        if (betweenRequests && bytes != null) {
            betweenRequests = false;
            deadline = after(headTime);
        }
        return bytes;
    }

    private byte @Nullable [] read() {
        CompletableFuture<Optional<byte[]>> reading = ahead.getAndSet(null);
        if (reading != null) {
            return await(reading);
        }
        try {
            return socket.get();
        } catch (UncheckedIOException broken) {
            throw new ServerConnectionException("the connection broke", broken);
        }
    }

    private static byte @Nullable [] await(CompletableFuture<Optional<byte[]>> reading) {
        try {
            return reading.get().orElse(null);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the listener stops", stopping);
        } catch (ExecutionException never) {
            throw new IllegalStateException("reading ahead completes with bytes or none", never);
        }
    }

    /** Ends the connection of a client that takes too long to send its request. */
    void closeIfLate(long nanoTime) {
        long limit = deadline;
        if (limit != NONE && nanoTime - limit >= 0) {
            deadline = NONE;
            close();
        }
    }

    /** Closes a connection without a request in progress. */
    void closeIfIdle() {
        if (betweenRequests) {
            close();
        }
    }

    private void close() {
        try {
            socket.close();
        } catch (UncheckedIOException already) {
            // It is closed, which is all that was wanted.
        }
    }

    private static long after(Duration time) {
        long nanos = System.nanoTime() + time.toNanos();
        return nanos == NONE ? 1 : nanos;
    }
}
