package io.mcpgateway.broker.session;

/**
 * A {@link SessionStore} could not do what it was asked: it is full or out of reach. Whoever asked must fail closed:
 * answer with an error, not as if it had been done.
 */
public final class SessionStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SessionStoreException(String message) {
        super(message);
    }

    public SessionStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
