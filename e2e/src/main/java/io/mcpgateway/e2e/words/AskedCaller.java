package io.mcpgateway.e2e.words;

import java.io.IOException;

/** A client that is asked in its calls. */
public interface AskedCaller extends Caller {
    /** A call that waits for its client. */
    interface Asked {
        /** The word of the call. */
        String word();

        /** Replies, and waits for the answer. */
        Outcome end();

        /** Gives the call up. */
        void leave();
    }

    /**
     * Makes the next call, and leaves the question open that the server asks.
     *
     * @throws IOException if it asks none
     */
    Asked begin() throws IOException;
}
