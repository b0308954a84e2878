package io.mcpgateway.broker.sse;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a stream has been read that may end early and go on in another one.
 *
 * @param lastId of the last event, to be sent as {@code Last-Event-ID}; empty to start from now
 * @param pause how long the server wants to be left alone before it is asked for more; zero if it did not say
 */
public record StreamPlace(Optional<String> lastId, Duration pause) {
    /** Nothing has been read yet. */
    public static final StreamPlace START = new StreamPlace(Optional.empty(), Duration.ZERO);

    /** Has to fit into a header with others. */
    private static final int MAX_ID = 2048;

    public StreamPlace {
        Objects.requireNonNull(lastId, "lastId");
        Objects.requireNonNull(pause, "pause");
    }

    /** After an event with this ID. There is no way to send back one that is empty or too long. */
    public StreamPlace reached(String eventId) {
        return new StreamPlace(Optional.of(eventId).filter(StreamPlace::isUsable), pause);
    }

    /** After the server has asked for a pause. */
    public StreamPlace retryAfter(Duration asked) {
        return new StreamPlace(lastId, asked);
    }

    /** For a server that does not know the event any more. */
    public StreamPlace forgotten() {
        return new StreamPlace(Optional.empty(), pause);
    }

    private static boolean isUsable(String eventId) {
        return !eventId.isEmpty() && eventId.length() <= MAX_ID;
    }
}
