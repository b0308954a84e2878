package io.mcpgateway.broker.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    private static final String EVENT = "event";
    private static final String ID = "id";
    private static final String RETRY = "retry";

    private final int maxEventBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final ByteArrayOutputStream data = new ByteArrayOutputStream(256);
    private final Set<Mark> marks = EnumSet.of(Mark.FIRST_LINE);
    /** Fields of the unfinished event, except data. */
    private final Map<String, String> fields = new HashMap<>(4);
    /** Fields that outlive their event. */
    private final Map<String, String> kept = new HashMap<>(4);

    private enum Mark {
        FIRST_LINE,
        AFTER_CARRIAGE_RETURN,
        HAS_DATA,
        OVERFLOWED
    }

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
        return marks.contains(Mark.OVERFLOWED);
    }

    /** The last {@code id} field, which survives its event (what {@code Last-Event-ID} asks for). */
    public Optional<String> lastEventId() {
        return Optional.ofNullable(kept.get(ID));
    }

    /** The last {@code retry} field: how long to wait before reconnecting. */
    public Optional<Duration> retry() {
        return Optional.ofNullable(kept.get(RETRY)).map(Long::valueOf).map(Duration::ofMillis);
    }

    private void accept(byte next, List<SseEvent> events) {
        boolean afterCarriageReturn = marks.remove(Mark.AFTER_CARRIAGE_RETURN);
        if (next == '\n' && afterCarriageReturn) {
            return;
        }
        if (next == '\r') {
            marks.add(Mark.AFTER_CARRIAGE_RETURN);
        }
        if (next == '\r' || next == '\n') {
            endLine(events);
            return;
        }
        if (line.size() + data.size() >= maxEventBytes) {
            marks.add(Mark.OVERFLOWED);
            line.reset();
            data.reset();
            return;
        }
        line.write(next);
    }

    private void endLine(List<SseEvent> events) {
        byte[] bytes = line.toByteArray();
        line.reset();
        boolean firstLine = marks.remove(Mark.FIRST_LINE);
        int start = firstLine && startsWithByteOrderMark(bytes) ? BYTE_ORDER_MARK.length : 0;
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
                if (!marks.add(Mark.HAS_DATA)) {
                    data.write('\n');
                }
                data.write(line, valueStart, line.length - valueStart);
            }
            case EVENT -> fields.put(EVENT, text(line, valueStart, line.length));
            case ID -> {
                String value = text(line, valueStart, line.length);
                if (value.indexOf('\0') < 0) {
                    fields.put(ID, value);
                    kept.put(ID, value);
                }
            }
            case RETRY -> retryAfter(text(line, valueStart, line.length));
            default -> {
                // The standard says to ignore fields that it does not name.
            }
        }
    }

    private void retryAfter(String value) {
        boolean digits = value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        if (digits && !value.isEmpty() && value.length() <= MAX_RETRY_DIGITS) {
            kept.put(RETRY, value);
        }
    }

    private Optional<SseEvent> takeEvent() {
        String type = fields.getOrDefault(EVENT, "");
        Optional<SseEvent> event = marks.remove(Mark.HAS_DATA)
                ? Optional.of(new SseEvent(
                        type.isEmpty() ? "message" : type,
                        data.toString(StandardCharsets.UTF_8),
                        Optional.ofNullable(fields.get(ID))))
                : Optional.empty();
        data.reset();
        fields.clear();
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
