package io.mcpgateway.broker.sse;

/** What becomes of an event stream on its way to the client. Belongs to one stream and one thread. */
public interface StreamEdit {
    /** What may go on of the stream up to and including {@code chunk[from..to)}; perhaps nothing yet. */
    byte[] pass(byte[] chunk, int from, int to);

    /** What is left to go on when the stream has ended. */
    byte[] finish();
}
