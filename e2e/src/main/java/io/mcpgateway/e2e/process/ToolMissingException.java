package io.mcpgateway.e2e.process;

/** A third-party program is missing and could not be installed; the message is one line with the reason. */
public final class ToolMissingException extends Exception {
    private static final long serialVersionUID = 1L;

    public ToolMissingException(String reason) {
        super(reason);
    }
}
