package io.mcpgateway.broker.mcp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The data lines of one event as it was received, and where the bytes of the message stand in them. */
final class EventData {
    private static final byte[] FIELD = {'d', 'a', 't', 'a'};

    private EventData() {}

    /**
     * The value of one data line.
     *
     * @param start of the value in the event
     * @param at where the value begins in the message
     */
    record Line(int start, int end, int at) {
        byte[] of(byte[] event) {
            return Arrays.copyOfRange(event, start, end);
        }

        boolean holds(Splice splice) {
            return splice.start() >= at && splice.end() <= at + (end - start);
        }
    }

    /** The last line counts without its end, too. */
    static List<Line> lines(byte[] event, int from) {
        List<Line> lines = new ArrayList<>(1);
        int at = 0;
        int start = from;
        while (start < event.length) {
            int end = start;
            while (end < event.length && event[end] != '\n' && event[end] != '\r') {
                end++;
            }
            if (isData(event, start, end)) {
                int value = Math.min(start + FIELD.length + 1, end);
                if (value < end && event[value] == ' ') {
                    value++;
                }
                lines.add(new Line(value, end, at));
                at += end - value + 1;
            }
            start = end + 1;
        }
        return lines;
    }

    static boolean isData(byte[] line) {
        return isData(line, 0, line.length);
    }

    static byte[] joined(byte[] event, List<Line> lines) {
        if (lines.size() == 1) {
            return lines.getFirst().of(event);
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream(event.length);
        for (Line line : lines) {
            if (line.at() > 0) {
                message.write('\n');
            }
            message.write(event, line.start(), line.end() - line.start());
        }
        return message.toByteArray();
    }

    /** The splice of the message as one of the event. No JSON value that we change can span two lines. */
    static Optional<Splice> placed(Splice splice, List<Line> lines) {
        return lines.stream()
                .filter(line -> line.holds(splice))
                .findFirst()
                .map(line -> splice.shifted(line.start() - line.at()));
    }

    /** Length of the byte order mark at the start, 0 without one. */
    static int byteOrderMark(byte[] text) {
        return text.length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF ? 3 : 0;
    }

    private static boolean isData(byte[] event, int start, int end) {
        int length = end - start;
        return length >= FIELD.length
                && Arrays.equals(event, start, start + FIELD.length, FIELD, 0, FIELD.length)
                && (length == FIELD.length || event[start + FIELD.length] == ':');
    }
}
