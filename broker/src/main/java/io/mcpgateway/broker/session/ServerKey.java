package io.mcpgateway.broker.session;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * Which server a server session belongs to: its name plus a digest of its address, so that a registration that moves
 * to another url never uses sessions of the old one. A digest, because keys are logged and a url may hold a secret.
 */
public record ServerKey(String value) {
    public ServerKey {
        Objects.requireNonNull(value, "value");
    }

    public static ServerKey of(String server, URI url) {
        MessageDigest digest = Sha256.fresh();
        digest.update(url.toString().getBytes(StandardCharsets.UTF_8));
        return new ServerKey(server + "@" + Sha256.firstHalf(digest));
    }
}
