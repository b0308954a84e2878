package io.mcpgateway.broker.answer;

import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.sse.EventStreams;
import io.mcpgateway.broker.sse.MessageEdit;
import io.mcpgateway.broker.sse.StreamEdit;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * Changes the one message that is the whole body of an answer. The body is held back until it is complete, or until it is
 * clear that nothing in it has to change. A body that is too large is not changed.
 */
final class JsonRewriter implements StreamEdit {
    private static final byte[] NOTHING = {};

    /** From this length on it is looked at, and again whenever it has doubled. */
    private static final int LOOK_AT = 4096;

    private final MessageEdit edit;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(LOOK_AT);
    private int lookAgainAt = LOOK_AT;
    private boolean letGo;

    JsonRewriter(MessageEdit edit) {
        this.edit = Objects.requireNonNull(edit, "edit");
    }

    @Override
    public byte[] pass(byte[] chunk, int from, int to) {
        held.write(chunk, from, to - from);
        if (!letGo && held.size() >= lookAgainAt) {
            lookAgainAt = 2 * held.size();
            letGo = held.size() > EventStreams.MAX_EVENT_BYTES || edit.leavesAlone(held.toByteArray());
        }
        return letGo ? take() : NOTHING;
    }

    @Override
    public byte[] finish() {
        byte[] rest = take();
        Optional<Splice> change = letGo ? Optional.empty() : edit.of(rest);
        return change.isPresent() ? change.get().applyTo(rest) : rest;
    }

    private byte[] take() {
        byte[] bytes = held.toByteArray();
        held.reset();
        return bytes;
    }
}
