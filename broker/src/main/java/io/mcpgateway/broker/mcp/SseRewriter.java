package io.mcpgateway.broker.mcp;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes messages inside an event stream while it passes, in whatever pieces it comes, and leaves every other byte as
 * it came: comments, ids, line ends, the way data is cut into lines (WHATWG HTML, "Interpreting an event stream").
 *
 * <p>Held back is only the event that is being received, from its first data line on, and no longer than it can still
 * turn out to be a message to change. An event above the limit passes as it is. Belongs to one stream and one thread.
 */
public final class SseRewriter implements StreamEdit {
    /** An event that is no message to change is let go about here, if it began as one. */
    private static final int LOOK_AT = 4096;

    private enum Mark {
        /** What is held begins with the first line of the stream. */
        FIRST_LINE,
        AFTER_CARRIAGE_RETURN,
        /** A line of the event is data, so that the event has to be held. */
        HAS_DATA,
        /** The rest of this event passes. */
        LET_GO
    }

    private final MessageEdit edit;
    private final int maxEventBytes;
    private final Set<Mark> marks = EnumSet.of(Mark.FIRST_LINE);
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(512);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    /** Length of the line so far; of {@link #held}, from where it begins. One each, as fields of the core are final. */
    private final int[] line = {0};

    private final int[] lookAgainAt = {LOOK_AT};

    private SseRewriter(MessageEdit edit, int maxEventBytes) {
        this.edit = edit;
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * A rewriter for one stream.
     *
     * @param maxEventBytes largest event that is held; above zero
     */
    public static SseRewriter of(MessageEdit edit, int maxEventBytes) {
        if (maxEventBytes <= 0) {
            throw new IllegalArgumentException("the event limit must be above zero: " + maxEventBytes);
        }
        return new SseRewriter(edit, maxEventBytes);
    }

    @Override
    public byte[] pass(byte[] chunk, int from, int to) {
        for (int index = from; index < to; index++) {
            accept(chunk[index]);
        }
        if (marks.contains(Mark.LET_GO)) {
            release();
        }
        return take();
    }

    /** What was still held when the stream ended. Its last event counts even without the blank line after it. */
    @Override
    public byte[] finish() {
        endEvent();
        return take();
    }

    private byte[] take() {
        byte[] ready = out.toByteArray();
        out.reset();
        return ready;
    }

    private void accept(byte next) {
        boolean afterCarriageReturn = marks.remove(Mark.AFTER_CARRIAGE_RETURN);
        if (next == '\n' && afterCarriageReturn) {
            (held.size() == 0 ? out : held).write(next);
            return;
        }
        held.write(next);
        if (next == '\r') {
            marks.add(Mark.AFTER_CARRIAGE_RETURN);
        }
        if (next == '\r' || next == '\n') {
            endLine();
        } else {
            line[0]++;
            letGoIfPossible();
        }
    }

    private void endLine() {
        int length = line[0];
        line[0] = 0;
        if (isBlank(length)) {
            endEvent();
        } else if (!marks.contains(Mark.LET_GO) && !marks.contains(Mark.HAS_DATA)) {
            if (isData(length)) {
                marks.add(Mark.HAS_DATA);
            } else {
                release();
            }
        }
    }

    private void letGoIfPossible() {
        if (marks.contains(Mark.LET_GO)) {
            return;
        }
        if (held.size() >= maxEventBytes) {
            letGo();
        } else if (held.size() >= lookAgainAt[0]) {
            lookAgainAt[0] *= 4;
            byte[] event = held.toByteArray();
            List<EventData.Line> lines = EventData.lines(event, start(event));
            if (lines.size() == 1 && edit.leavesAlone(lines.getFirst().of(event))) {
                letGo();
            }
        }
    }

    private void letGo() {
        marks.add(Mark.LET_GO);
        release();
    }

    private void release() {
        out.writeBytes(held.toByteArray());
        held.reset();
        marks.remove(Mark.FIRST_LINE);
    }

    private void endEvent() {
        byte[] event = held.toByteArray();
        held.reset();
        line[0] = 0;
        lookAgainAt[0] = LOOK_AT;
        boolean letGo = marks.remove(Mark.LET_GO);
        marks.remove(Mark.HAS_DATA);
        Optional<Splice> splice = letGo || event.length == 0 ? Optional.empty() : change(event);
        marks.remove(Mark.FIRST_LINE);
        out.writeBytes(splice.isPresent() ? splice.get().applyTo(event) : event);
    }

    private Optional<Splice> change(byte[] event) {
        List<EventData.Line> lines = EventData.lines(event, start(event));
        return lines.isEmpty()
                ? Optional.empty()
                : edit.of(EventData.joined(event, lines)).flatMap(splice -> EventData.placed(splice, lines));
    }

    private boolean isBlank(int length) {
        return length == 0 || (length == 3 && start(held.toByteArray()) == 3 && held.size() == 4);
    }

    private boolean isData(int length) {
        byte[] event = held.toByteArray();
        int from = Math.max(event.length - 1 - length, start(event));
        return EventData.isData(Arrays.copyOfRange(event, from, event.length - 1));
    }

    /** After the byte order mark that the first line of a stream may have. */
    private int start(byte[] event) {
        return marks.contains(Mark.FIRST_LINE) ? EventData.byteOrderMark(event) : 0;
    }
}
