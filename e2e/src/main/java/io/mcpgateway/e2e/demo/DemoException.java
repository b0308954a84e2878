package io.mcpgateway.e2e.demo;

/** The demo cannot continue; the message is one line for the user. */
final class DemoException extends Exception {
    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }
}
