package io.mcpgateway.broker.session.redis;

import io.mcpgateway.broker.session.ServerSession;
import java.util.Optional;

/** A server session as text: protocol version, a line break, and {@code +id}, or {@code -} if it has none. */
final class StoredSession {
    private StoredSession() {}

    static String encode(ServerSession serverSession) {
        return serverSession.protocolVersion() + "\n"
                + serverSession.id().map("+"::concat).orElse("-");
    }

    /** Empty for what no gateway wrote: a new server session takes its place. */
    static Optional<ServerSession> decode(String text) {
        int end = text.indexOf('\n');
        if (end <= 0 || end + 1 >= text.length()) {
            return Optional.empty();
        }
        String version = text.substring(0, end);
        String id = text.substring(end + 2);
        return switch (text.charAt(end + 1)) {
            case '+' -> id.isEmpty() ? Optional.empty() : Optional.of(new ServerSession(Optional.of(id), version));
            case '-' -> id.isEmpty() ? Optional.of(new ServerSession(Optional.empty(), version)) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
