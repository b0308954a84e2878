package io.mcpgateway.controller.desired;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.mcpgateway.api.contract.ObjectNames;
import java.util.HexFormat;
import java.util.Map;

/** The key that session tokens are signed with: 64 hex digits. All replicas share it, and it survives restarts. */
public final class SigningKeySecret {
    /** How many random bytes {@link #desired} takes. */
    public static final int RANDOM_BYTES = 32;

    /** The broker refuses shorter keys (RFC 7518, section 3.2). */
    private static final int SHORTEST_KEY = 32;

    private SigningKeySecret() {}

    /**
     * A new key.
     *
     * @param random {@value #RANDOM_BYTES} bytes from a cryptographic source
     */
    public static Secret desired(ExtensionOwner owner, byte[] random) {
        if (random.length != RANDOM_BYTES) {
            throw new IllegalArgumentException("a signing key is made of " + RANDOM_BYTES + " bytes");
        }
        return secret(owner, SecretEntry.encode(HexFormat.of().formatHex(random)));
    }

    /**
     * The desired Secret: with its own key if that is usable (a user may supply one), otherwise a new one; our labels
     * and owner in any case.
     */
    public static Secret desiredBeside(Secret live, ExtensionOwner owner, byte[] random) {
        return SecretEntry.text(live, ObjectNames.KEY)
                .filter(key -> key.strip().length() >= SHORTEST_KEY)
                .map(key -> secret(owner, SecretEntry.encode(key)))
                .orElseGet(() -> desired(owner, random));
    }

    private static Secret secret(ExtensionOwner owner, String encodedKey) {
        return new SecretBuilder()
                .withMetadata(owner.metadata(ObjectNames.SIGNING_KEY_SECRET, ObjectLabels.managed()))
                .withType("Opaque")
                .withData(Map.of(ObjectNames.KEY, encodedKey))
                .build();
    }
}
