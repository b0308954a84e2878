package io.mcpgateway.broker.sse;

import io.mcpgateway.broker.json.Splice;
import java.util.Optional;

/** What the gateway changes of the messages that a server sends. Pure. */
public interface MessageEdit {
    /** Changes nothing. */
    MessageEdit NONE = new MessageEdit() {
        @Override
        public Optional<Splice> of(byte[] message) {
            return Optional.empty();
        }

        @Override
        public boolean leavesAlone(byte[] beginning) {
            return true;
        }
    };

    /**
     * What to change of one message; nothing of bytes that are no message.
     *
     * @param message must not be changed
     */
    Optional<Splice> of(byte[] message);

    /** Whether nothing will be changed of a message that begins like this, whatever follows. */
    boolean leavesAlone(byte[] beginning);
}
