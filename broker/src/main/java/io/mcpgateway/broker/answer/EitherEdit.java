package io.mcpgateway.broker.answer;

import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.sse.MessageEdit;
import java.util.Objects;
import java.util.Optional;

/** Two edits, of which never both concern one message. */
public record EitherEdit(MessageEdit one, MessageEdit other) implements MessageEdit {
    public EitherEdit {
        Objects.requireNonNull(one, "one");
        Objects.requireNonNull(other, "other");
    }

    @Override
    public Optional<Splice> of(byte[] message) {
        return one.of(message).or(() -> other.of(message));
    }

    @Override
    public boolean leavesAlone(byte[] beginning) {
        return one.leavesAlone(beginning) && other.leavesAlone(beginning);
    }
}
