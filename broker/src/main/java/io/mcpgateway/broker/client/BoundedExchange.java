package io.mcpgateway.broker.client;

import io.mcpgateway.broker.network.AddressRule;
import io.mcpgateway.broker.transport.IncomingResponse;
import io.mcpgateway.broker.transport.OutgoingCall;
import io.mcpgateway.broker.transport.ServerTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Runs one HTTP exchange with a bound on every part of it. It has a virtual thread of its own, because nothing else
 * bounds all of its waits: a slow name server cannot be interrupted. When the time is up, the call is given up and its
 * connection closed.
 */
public final class BoundedExchange {
    private final ServerTransport transport;
    private final AddressRule addresses;

    BoundedExchange(ServerTransport transport, AddressRule addresses) {
        this.transport = transport;
        this.addresses = addresses;
    }

    /** Reads an answer whose headers are there; the response is closed by the caller of this. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(IncomingResponse response) throws IOException, InterruptedException;
    }

    /**
     * The reader's value, or {@code failed} of what prevented it. The request may be sent twice.
     *
     * @param whole from now until the reader must be done
     */
    <T> T run(
            McpRequests.Request request,
            Duration header,
            Duration whole,
            Reader<T> reader,
            Function<McpOutcome.Failure, T> failed)
            throws InterruptedException {
        return run(request.through(transport).repeatable(), request.url(), header, whole, reader, failed);
    }

    /** The same for a request that must not be sent twice. */
    <T> T once(
            McpRequests.Request request,
            Duration header,
            Duration whole,
            Reader<T> reader,
            Function<McpOutcome.Failure, T> failed)
            throws InterruptedException {
        return run(request.through(transport), request.url(), header, whole, reader, failed);
    }

    private <T> T run(
            OutgoingCall call,
            URI url,
            Duration header,
            Duration whole,
            Reader<T> reader,
            Function<McpOutcome.Failure, T> failed)
            throws InterruptedException {
        Optional<String> refusal = addresses.refusal(url);
        if (refusal.isPresent()) {
            return failed.apply(new McpOutcome.Unreachable(refusal.get()));
        }
        Attempt<T> attempt = new Attempt<>(call, url, reader, failed);
        boolean done = false;
        try {
            T outcome = attempt.within(header, whole);
            done = true;
            return outcome;
        } catch (TimeoutException e) {
            return failed.apply(new McpOutcome.Timeout("timed out: " + e.getMessage()));
        } catch (ExecutionException e) {
            return failed.apply(TransportFailures.of(e.getCause() == null ? e : e.getCause(), url));
        } finally {
            if (!done) {
                attempt.giveUp();
            }
        }
    }

    /** A call in progress. Only its own thread uses the connection; any thread may close it. */
    private static final class Attempt<T> {
        private final OutgoingCall call;
        private final CompletableFuture<T> outcome = new CompletableFuture<>();
        private final Thread thread;
        private volatile boolean answered;

        Attempt(OutgoingCall call, URI url, Reader<T> reader, Function<McpOutcome.Failure, T> failed) {
            this.call = call;
            this.thread = Thread.ofVirtual().name("mcp-exchange").start(() -> go(url, reader, failed));
        }

        private void go(URI url, Reader<T> reader, Function<McpOutcome.Failure, T> failed) {
            try (IncomingResponse response = call.send()) {
                answered = true;
                outcome.complete(read(response, reader, failed));
                // Only now: nobody waits for the end of a stream that has the answer in it.
                response.finish();
            } catch (IOException e) {
                outcome.complete(failed.apply(TransportFailures.of(e, url)));
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        }

        private static <T> T read(IncomingResponse response, Reader<T> reader, Function<McpOutcome.Failure, T> failed)
                throws InterruptedException {
            try {
                return reader.read(response);
            } catch (IOException e) {
                return failed.apply(new McpOutcome.Unreachable("connection broke while the response was read"));
            }
        }

        /** @throws TimeoutException saying what there was not in time */
        T within(Duration header, Duration whole) throws InterruptedException, ExecutionException, TimeoutException {
            if (header.compareTo(whole) >= 0) {
                return within(whole, "no complete response within ", whole);
            }
            try {
                return within(header, "no response within ", header);
            } catch (TimeoutException e) {
                if (!answered) {
                    throw e;
                }
                return within(whole.minus(header), "no complete response within ", whole);
            }
        }

        private T within(Duration time, String missing, Duration limit)
                throws InterruptedException, ExecutionException, TimeoutException {
            try {
                return outcome.get(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new TimeoutException(missing + text(limit));
            }
        }

        void giveUp() {
            thread.interrupt();
            call.cancel();
        }
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
