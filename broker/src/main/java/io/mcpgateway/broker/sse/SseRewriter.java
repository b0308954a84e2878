package io.mcpgateway.broker.sse;

import io.mcpgateway.broker.json.ByteOrderMark;
import io.mcpgateway.broker.json.Splice;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

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

    private final MessageEdit edit;
    private final int maxEventBytes;
    private final LineScan lines = new LineScan();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(512);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    /** What is held begins with the first line of the stream. */
    private boolean firstLine = true;
    /** A line of the event is data, so that the event has to be held. */
    private boolean hasData;
    /** The rest of this event passes. */
    private boolean letGo;
    /** Length of the line so far. */
    private int line;
    /** Length of {@link #held} from which the beginning of the event is looked at again. */
    private int lookAgainAt = LOOK_AT;

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
        if (letGo) {
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
        LineScan.Part part = lines.next(next);
        if (part == LineScan.Part.REST_OF_END) {
            (held.size() == 0 ? out : held).write(next);
            return;
        }
        held.write(next);
        if (part == LineScan.Part.END) {
            endLine();
        } else {
            line++;
            letGoIfPossible();
        }
    }

    private void endLine() {
        int length = line;
        line = 0;
        if (isBlank(length)) {
            endEvent();
        } else if (!letGo && !hasData) {
            if (isData(length)) {
                hasData = true;
            } else {
                release();
            }
        }
    }

    private void letGoIfPossible() {
        if (letGo) {
            return;
        }
        if (held.size() >= maxEventBytes) {
            letGo();
        } else if (held.size() >= lookAgainAt) {
            lookAgainAt *= 4;
            byte[] event = held.toByteArray();
            List<EventData.Line> data = EventData.lines(event, start(event));
            if (data.size() == 1 && edit.leavesAlone(data.getFirst().of(event))) {
                letGo();
            }
        }
    }

    private void letGo() {
        letGo = true;
        release();
    }

    private void release() {
        out.writeBytes(held.toByteArray());
        held.reset();
        firstLine = false;
    }

    private void endEvent() {
        byte[] event = held.toByteArray();
        held.reset();
        line = 0;
        lookAgainAt = LOOK_AT;
        Optional<Splice> splice = letGo || event.length == 0 ? Optional.empty() : change(event);
        letGo = false;
        hasData = false;
        firstLine = false;
        out.writeBytes(splice.isPresent() ? splice.get().applyTo(event) : event);
    }

    private Optional<Splice> change(byte[] event) {
        List<EventData.Line> data = EventData.lines(event, start(event));
        return data.isEmpty()
                ? Optional.empty()
                : edit.of(EventData.joined(event, data)).flatMap(splice -> EventData.placed(splice, data));
    }

    private boolean isBlank(int length) {
        return length == 0 || (length == 3 && start(held.toByteArray()) == 3 && held.size() == 4);
    }

    /** Of the line that was just ended. */
    private boolean isData(int length) {
        byte[] event = held.toByteArray();
        int from = Math.max(event.length - 1 - length, start(event));
        return SseField.of(event, from, event.length - 1)
                .filter(SseField::isData)
                .isPresent();
    }

    /** After the byte order mark that the first line of a stream may have. */
    private int start(byte[] event) {
        return firstLine ? ByteOrderMark.length(event) : 0;
    }
}
