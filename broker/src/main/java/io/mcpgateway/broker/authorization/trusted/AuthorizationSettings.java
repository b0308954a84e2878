package io.mcpgateway.broker.authorization.trusted;

import java.security.interfaces.ECPublicKey;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings for the headers of the authorization layer in front.
 *
 * @param trustedKey public key (P-256) of their signer; without it, they allow nothing
 * @param enforceTools whether requests without a signed list of tools see none
 * @param enforceCapabilities the same for every kind, including tools
 */
public record AuthorizationSettings(
        Optional<ECPublicKey> trustedKey, boolean enforceTools, boolean enforceCapabilities) {
    /** No key, nothing enforced. */
    public static final AuthorizationSettings NONE = new AuthorizationSettings(Optional.empty(), false, false);

    public AuthorizationSettings {
        Objects.requireNonNull(trustedKey, "trustedKey");
    }

    /** Whether a request without a statement about tools sees none. */
    public boolean toolsNeedStatement() {
        return enforceTools || enforceCapabilities;
    }
}
