package io.mcpgateway.broker.sse;

import io.mcpgateway.broker.json.ByteOrderMark;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one event stream into events, in whatever pieces they arrive (WHATWG HTML, "Interpreting an event
 * stream"): lines end with CR, LF or CRLF, a byte order mark at the start is skipped, comments are dropped, an event
 * without any {@code data} line is not dispatched.
 *
 * <p>Holds the unfinished event, so it belongs to one stream and one thread. An event that outgrows the limit ends the
 * decoding for good: see {@link #overflowed}.
 */
public final class SseDecoder {
    private static final int MAX_RETRY_DIGITS = 9;

    private final int maxEventBytes;
    private final LineScan lines = new LineScan();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final ByteArrayOutputStream data = new ByteArrayOutputStream(256);
    private boolean firstLine = true;
    private boolean hasData;
    private boolean overflowed;
    private String type = "";
    private @Nullable String id;
    private @Nullable String lastId;
    private @Nullable Duration retry;

    private SseDecoder(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * A decoder for one stream.
     *
     * @param maxEventBytes largest unfinished event that is kept, above zero
     */
    public static SseDecoder withLimit(int maxEventBytes) {
        if (maxEventBytes <= 0) {
            throw new IllegalArgumentException("the event limit must be above zero: " + maxEventBytes);
        }
        return new SseDecoder(maxEventBytes);
    }

    /** The events completed by {@code chunk[from..to)}. */
    public List<SseEvent> decode(byte[] chunk, int from, int to) {
        List<SseEvent> events = new ArrayList<>();
        for (int index = from; index < to && !overflowed(); index++) {
            accept(chunk[index], events);
        }
        return events;
    }

    /**
     * The event that the end of the stream cut off, if it has data. The standard discards it, but servers exist that
     * forget the last blank line; a caller who can tell whole data from half may use it.
     */
    public Optional<SseEvent> finish() {
        if (line.size() > 0 && !overflowed()) {
            endLine(new ArrayList<>());
        }
        return overflowed() ? Optional.empty() : takeEvent();
    }

    /** Whether an event was larger than the limit; nothing is decoded after that. */
    public boolean overflowed() {
        return overflowed;
    }

    /** The last {@code retry} field: how long to wait before reconnecting. */
    public Optional<Duration> retry() {
        return Optional.ofNullable(retry);
    }

    /** The ID of the last event that ended, with or without data: where to go on in a new stream. */
    public Optional<String> lastId() {
        return Optional.ofNullable(lastId);
    }

    private void accept(byte next, List<SseEvent> events) {
        switch (lines.next(next)) {
            case REST_OF_END -> {}
            case END -> endLine(events);
            case TEXT -> {
                if (line.size() + data.size() < maxEventBytes) {
                    line.write(next);
                } else {
                    overflowed = true;
                    line.reset();
                    data.reset();
                }
            }
        }
    }

    private void endLine(List<SseEvent> events) {
        byte[] bytes = line.toByteArray();
        line.reset();
        int start = firstLine ? ByteOrderMark.length(bytes) : 0;
        firstLine = false;
        if (start == bytes.length) {
            if (id != null) {
                lastId = id;
            }
            takeEvent().ifPresent(events::add);
        } else {
            SseField.of(bytes, start, bytes.length).ifPresent(field -> take(field, bytes));
        }
    }

    private void take(SseField field, byte[] bytes) {
        switch (field.name()) {
            case SseField.DATA -> {
                if (hasData) {
                    data.write('\n');
                }
                hasData = true;
                data.write(bytes, field.value(), field.end() - field.value());
            }
            case "event" -> type = field.text(bytes);
            case "id" -> {
                String value = field.text(bytes);
                if (value.indexOf('\0') < 0) {
                    id = value;
                }
            }
            case "retry" -> retryAfter(field.text(bytes));
            default -> {
                // The standard says to ignore fields that it does not name.
            }
        }
    }

    private void retryAfter(String value) {
        boolean digits = value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        if (digits && !value.isEmpty() && value.length() <= MAX_RETRY_DIGITS) {
            retry = Duration.ofMillis(Long.parseLong(value));
        }
    }

    private Optional<SseEvent> takeEvent() {
        Optional<SseEvent> event = hasData
                ? Optional.of(new SseEvent(
                        type.isEmpty() ? SseEvent.MESSAGE : type,
                        data.toString(StandardCharsets.UTF_8),
                        Optional.ofNullable(id)))
                : Optional.empty();
        data.reset();
        hasData = false;
        type = "";
        id = null;
        return event;
    }
}
