package io.mcpgateway.e2e.demo;

/** The demo cannot go on; the message is the one line that the user reads. */
final class DemoException extends Exception {
    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }
}
