package io.mcpgateway.controller.desired;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.mcpgateway.api.contract.ObjectNames;
import java.security.KeyPair;
import java.util.Map;
import java.util.Objects;

/**
 * A generated key pair for trusted headers, in two Secrets: the broker reads the public key, the authorization layer
 * signs with the private one.
 *
 * @param publicKey PEM {@code PUBLIC KEY} under {@code key}
 * @param privateKey PEM {@code EC PRIVATE KEY} under {@code key}, in {@code <name>-private}
 */
public record TrustedHeaderSecrets(Secret publicKey, Secret privateKey) {
    public TrustedHeaderSecrets {
        Objects.requireNonNull(publicKey, "publicKey");
        Objects.requireNonNull(privateKey, "privateKey");
    }

    /**
     * Both Secrets of a new pair.
     *
     * @param name of the public key's Secret
     * @param pair on the curve P-256
     */
    public static TrustedHeaderSecrets desired(ExtensionOwner owner, String name, KeyPair pair) {
        return new TrustedHeaderSecrets(
                secret(owner, name, P256Pem.publicKey(pair)),
                secret(owner, privateName(name), P256Pem.privateKey(pair)));
    }

    public static String privateName(String name) {
        return name + "-private";
    }

    /**
     * Whether a Secret may be overwritten when its other half is missing. One that the controller did not make holds
     * somebody's own key.
     */
    public static boolean isOurs(Secret live) {
        Map<String, String> labels = live.getMetadata().getLabels();
        return labels != null && ObjectNames.CONTROLLER.equals(labels.get(ObjectNames.LABEL_MANAGED_BY));
    }

    private static Secret secret(ExtensionOwner owner, String name, String pem) {
        return new SecretBuilder()
                .withMetadata(owner.metadata(name, ObjectLabels.managed()))
                .withType("Opaque")
                .withData(Map.of(ObjectNames.KEY, SecretEntry.encode(pem)))
                .build();
    }

    @Override
    public String toString() {
        return "TrustedHeaderSecrets[***]";
    }
}
