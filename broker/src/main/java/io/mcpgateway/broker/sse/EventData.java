package io.mcpgateway.broker.sse;

import io.mcpgateway.broker.json.Splice;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The data lines of one event as it was received, and where the bytes of the message stand in them. */
final class EventData {
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

        /** Where the next line's value begins in the message: after the line break. */
        int next() {
            return at + (end - start) + 1;
        }

        boolean holds(Splice splice) {
            return splice.start() >= at && splice.end() <= at + (end - start);
        }
    }

    /** The last line counts without its end, too. */
    static List<Line> lines(byte[] event, int from) {
        List<Line> lines = new ArrayList<>(1);
        LineScan scan = new LineScan();
        int start = from;
        for (int at = from; at < event.length; at++) {
            LineScan.Part part = scan.next(event[at]);
            if (part == LineScan.Part.END) {
                addData(event, start, at, lines);
            }
            start = part == LineScan.Part.TEXT ? start : at + 1;
        }
        addData(event, start, event.length, lines);
        return lines;
    }

    private static void addData(byte[] event, int start, int end, List<Line> lines) {
        SseField.of(event, start, end).filter(SseField::isData).ifPresent(data -> {
            int at = lines.isEmpty() ? 0 : lines.getLast().next();
            lines.add(new Line(data.value(), data.end(), at));
        });
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
}
