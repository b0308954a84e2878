package io.mcpgateway.e2e.process;

/** A foreign program is not there and could not be installed; the message is one line that says why. */
public final class ToolMissingException extends Exception {
    private static final long serialVersionUID = 1L;

    public ToolMissingException(String reason) {
        super(reason);
    }
}
