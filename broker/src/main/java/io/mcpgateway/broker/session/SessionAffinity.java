package io.mcpgateway.broker.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * The same for every request of one session to one server, from {@code initialize} on, so a load balancer in front
 * of the server's Pods can hash it. The values of two servers cannot be linked, and nothing of the session can be
 * recovered from either: a session ID is too random to be guessed.
 *
 * @param value 32 hexadecimal digits
 */
public record SessionAffinity(String value) {
    public SessionAffinity {
        Objects.requireNonNull(value, "value");
    }

    public static SessionAffinity of(GatewaySessionId session, ServerKey server) {
        MessageDigest digest = Sha256.fresh();
        digest.update(session.value().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(server.value().getBytes(StandardCharsets.UTF_8));
        return new SessionAffinity(Sha256.firstHalf(digest));
    }
}
