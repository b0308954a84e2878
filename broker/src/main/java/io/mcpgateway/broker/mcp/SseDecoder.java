package io.mcpgateway.broker.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns the bytes of one event stream into events, in whatever pieces they arrive (WHATWG HTML, "Interpreting an event
 * stream"): lines end with CR, LF or CRLF, a byte order mark at the start is skipped, comments are dropped, an event
 * without any {@code data} line is not dispatched.
 *
 * <p>Holds the unfinished event, so it belongs to one stream and one thread. An event that outgrows the limit ends the
 * decoding for good: see {@link #overflowed}.
 */
public final class SseDecoder {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int MAX_RETRY_DIGITS = 9;

    private final int maxEventBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final ByteArrayOutputStream data = new ByteArrayOutputStream(256);
    private boolean hasData;
    private boolean firstLine = true;
    private boolean afterCarriageReturn;
    private boolean overflowed;
    private String type = "";
    private Optional<String> id = Optional.empty();
    private Optional<String> lastEventId = Optional.empty();
    private Optional<Duration> retry = Optional.empty();

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
        for (int index = from; index < to && !overflowed; index++) {
            accept(chunk[index], events);
        }
        return events;
    }

    /**
     * The event that the end of the stream cut off, if it has data. The standard discards it, but servers exist that
     * forget the last blank line; a caller who can tell whole data from half may use it.
     */
    public Optional<SseEvent> finish() {
        if (line.size() > 0 && !overflowed) {
            endLine(new ArrayList<>());
        }
        return overflowed ? Optional.empty() : takeEvent();
    }

    /** Whether an event was larger than the limit; nothing is decoded after that. */
    public boolean overflowed() {
        return overflowed;
    }

    /** The last {@code id} field, which survives its event (what {@code Last-Event-ID} asks for). */
    public Optional<String> lastEventId() {
        return lastEventId;
    }

    /** The last {@code retry} field: how long to wait before reconnecting. */
    public Optional<Duration> retry() {
        return retry;
    }

    private void accept(byte next, List<SseEvent> events) {
        boolean secondHalfOfLineEnd = afterCarriageReturn && next == '\n';
        afterCarriageReturn = next == '\r';
        if (secondHalfOfLineEnd) {
            return;
        }
        if (next == '\r' || next == '\n') {
            endLine(events);
            return;
        }
        if (line.size() + data.size() >= maxEventBytes) {
            overflowed = true;
            line.reset();
            data.reset();
            return;
        }
        line.write(next);
    }

    private void endLine(List<SseEvent> events) {
        byte[] bytes = line.toByteArray();
        line.reset();
        int start = firstLine && startsWithByteOrderMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        firstLine = false;
        if (start == bytes.length) {
            takeEvent().ifPresent(events::add);
            return;
        }
        int colon = start;
        while (colon < bytes.length && bytes[colon] != ':') {
            colon++;
        }
        if (colon == start) {
            return;
        }
        int value = Math.min(colon + 1, bytes.length);
        if (value < bytes.length && bytes[value] == ' ') {
            value++;
        }
        field(text(bytes, start, colon), bytes, value);
    }

    private void field(String name, byte[] line, int valueStart) {
        switch (name) {
            case "data" -> {
                if (hasData) {
                    data.write('\n');
                }
                hasData = true;
                data.write(line, valueStart, line.length - valueStart);
            }
            case "event" -> type = text(line, valueStart, line.length);
            case "id" -> {
                String value = text(line, valueStart, line.length);
                if (value.indexOf('\0') < 0) {
                    id = Optional.of(value);
                    lastEventId = id;
                }
            }
            case "retry" -> retryAfter(text(line, valueStart, line.length));
            default -> {
                // The standard says to ignore fields that it does not name.
            }
        }
    }

    private void retryAfter(String value) {
        boolean digits = value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        if (digits && !value.isEmpty() && value.length() <= MAX_RETRY_DIGITS) {
            retry = Optional.of(Duration.ofMillis(Long.parseLong(value)));
        }
    }

    private Optional<SseEvent> takeEvent() {
        Optional<SseEvent> event = hasData
                ? Optional.of(
                        new SseEvent(type.isEmpty() ? "message" : type, data.toString(StandardCharsets.UTF_8), id))
                : Optional.empty();
        data.reset();
        hasData = false;
        type = "";
        id = Optional.empty();
        return event;
    }

    private static boolean startsWithByteOrderMark(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK.length
                && bytes[0] == BYTE_ORDER_MARK[0]
                && bytes[1] == BYTE_ORDER_MARK[1]
                && bytes[2] == BYTE_ORDER_MARK[2];
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
