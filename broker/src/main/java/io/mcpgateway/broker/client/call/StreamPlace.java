package io.mcpgateway.broker.client.call;

import io.mcpgateway.broker.client.EventReader;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far the streams with the answer to one call have been read. Written by the thread that reads. */
public final class StreamPlace implements EventReader.Progress {
    /** Has to fit into a header with others. */
    private static final int MAX_ID = 2048;

    private volatile @Nullable String lastId;
    private volatile Duration pause = Duration.ZERO;

    @Override
    public void reached(Optional<String> eventId, Optional<Duration> asked) {
        eventId.ifPresent(this::reached);
        asked.ifPresent(this::retryAfter);
    }

    void reached(String eventId) {
        lastId = eventId;
    }

    void retryAfter(Duration asked) {
        pause = asked;
    }

    /** Where to go on; empty if the server gave its events no IDs, or ones that nobody can send back. */
    Optional<String> lastId() {
        return Optional.ofNullable(lastId).filter(id -> !id.isEmpty() && id.length() <= MAX_ID);
    }

    /** How long the server wants to be left alone. */
    Duration pause() {
        return pause;
    }
}
