package io.mcpgateway.broker.session;

/**
 * A {@link SessionStore} failed: it is full or cannot be reached. Callers must fail closed:
 * answer with an error, not as if it had succeeded.
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
