package io.mcpgateway.broker.settings;

import java.security.interfaces.ECPublicKey;
import java.util.Objects;
import java.util.Optional;

/**
 * How the headers of the authorization layer in front are treated.
 *
 * @param trustedKey public key (P-256) of whoever signs them; without it they allow nothing
 * @param enforceTools without a signed statement about tools a request sees none
 * @param enforceCapabilities the same for every kind of thing, tools included
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
