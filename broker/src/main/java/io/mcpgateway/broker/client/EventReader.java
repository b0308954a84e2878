package io.mcpgateway.broker.client;

import io.mcpgateway.broker.sse.SseDecoder;
import io.mcpgateway.broker.sse.SseEvent;
import io.mcpgateway.broker.sse.StreamPlace;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads streams of events within bounds. */
public final class EventReader {
    private static final int CHUNK = 4 * 1024;

    private EventReader() {}

    /** Takes one message of a stream. */
    @FunctionalInterface
    public interface Step<T> {
        /** The outcome of the whole reading, if there is one now. */
        Optional<T> take(SseEvent event) throws InterruptedException;
    }

    /** Keeps how far a stream was read, for the one in which it goes on. Written by the thread that reads. */
    public static final class Progress {
        private volatile StreamPlace place;

        /** Of a stream that begins now. */
        public Progress() {
            this(StreamPlace.START);
        }

        /** Of a stream that goes on from here. */
        public Progress(StreamPlace place) {
            this.place = place;
        }

        public StreamPlace now() {
            return place;
        }

        public void reached(String eventId) {
            place = place.reached(eventId);
        }

        public void retryAfter(Duration pause) {
            place = place.retryAfter(pause);
        }

        /** The server does not know the event any more. */
        public void forget() {
            place = place.forgotten();
        }
    }

    /**
     * Feeds messages to the step until it has an outcome. Events that carry none are left out.
     *
     * @param maxBytes of the whole stream
     * @param tooLarge the outcome if there is more, or one event is larger than its limit
     * @return empty at the end of the stream
     */
    public static <T> Optional<T> until(
            InputStream body, HttpLimits limits, long maxBytes, Step<? extends T> step, T tooLarge)
            throws IOException, InterruptedException {
        return until(body, limits, maxBytes, step, tooLarge, new Progress());
    }

    /**
     * The same of a stream that may end early, and go on in another one.
     *
     * @param place keeps how far the step has seen what came
     */
    public static <T> Optional<T> until(
            InputStream body, HttpLimits limits, long maxBytes, Step<? extends T> step, T tooLarge, Progress place)
            throws IOException, InterruptedException {
        SseDecoder decoder = SseDecoder.withLimit(limits.maxEventBytes());
        byte[] chunk = new byte[CHUNK];
        long total = 0;
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            total += read;
            Optional<T> outcome = first(decoder.decode(chunk, 0, read), step);
            if (outcome.isPresent()) {
                return outcome;
            }
            decoder.lastId().ifPresent(place::reached);
            decoder.retry().ifPresent(place::retryAfter);
            if (total > maxBytes || decoder.overflowed()) {
                return Optional.of(tooLarge);
            }
        }
        return first(decoder.finish().map(List::of).orElse(List.of()), step);
    }

    private static <T> Optional<T> first(List<SseEvent> events, Step<? extends T> step) throws InterruptedException {
        for (SseEvent event : events) {
            if (event.isMessage()) {
                Optional<? extends T> outcome = step.take(event);
                if (outcome.isPresent()) {
                    return Optional.of(outcome.get());
                }
            }
        }
        return Optional.empty();
    }

    /** Reads every event to the end of the stream, whatever they say. */
    static ListenOutcome read(InputStream body, int maxEventBytes, EventListener listener)
            throws IOException, InterruptedException {
        SseDecoder decoder = SseDecoder.withLimit(maxEventBytes);
        byte[] chunk = new byte[CHUNK];
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            for (SseEvent event : decoder.decode(chunk, 0, read)) {
                listener.event(event);
                if (!listener.wantsMore()) {
                    return new ListenOutcome.Closed();
                }
            }
            decoder.retry().ifPresent(listener::retryAfter);
            if (decoder.overflowed()) {
                return new ListenOutcome.Failed(new McpOutcome.ProtocolViolation(
                        "an event is larger than the limit of " + maxEventBytes + " bytes"));
            }
        }
        return new ListenOutcome.Closed();
    }
}
