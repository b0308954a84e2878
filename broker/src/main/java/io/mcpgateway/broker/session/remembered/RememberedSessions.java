package io.mcpgateway.broker.session.remembered;

import io.mcpgateway.broker.session.SessionTokens;
import java.util.Optional;

/**
 * Session tokens that were read before: their signature and their claims need no second look, because a text never
 * changes. Only signed ones get in, so nobody without the key can push anything out.
 */
public final class RememberedSessions implements SessionTokens.Memory {
    /** Of some 4,000 sessions in use at a time. */
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    /** A session's objects and the cache's own. */
    private static final int BYTES_BESIDE = 640;

    private final SecretTexts<SessionTokens.Read> known = new SecretTexts<>(MAX_BYTES, BYTES_BESIDE);

    @Override
    public Optional<SessionTokens.Read> find(String token) {
        return known.find(token);
    }

    @Override
    public void keep(String token, SessionTokens.Read read) {
        known.keep(token, read);
    }
}
