package io.mcpgateway.controller.desired;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.mcpgateway.api.contract.ObjectNames;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The configuration of one extension's broker. It contains credentials, so it must not have the label of credential
 * Secrets: a registration could then refer to it and send all of it to a server.
 */
public final class ConfigSecret {
    private ConfigSecret() {}

    /**
     * The Secret with this configuration.
     *
     * @param document the whole config.yaml
     */
    public static Secret desired(ExtensionOwner owner, String document) {
        Map<String, String> labels = new TreeMap<>(ObjectLabels.managed());
        labels.put(ObjectNames.LABEL_APP, ObjectNames.BROKER);
        labels.put(ObjectNames.LABEL_AGGREGATED, "true");
        return new SecretBuilder()
                .withMetadata(owner.metadata(ObjectNames.CONFIG_SECRET, labels))
                .withType("Opaque")
                .withData(Map.of(ObjectNames.CONFIG_KEY, SecretEntry.encode(document)))
                .build();
    }

    /** The document in a live Secret; empty if it has none, or one that is not base64. */
    public static Optional<String> document(Secret secret) {
        return SecretEntry.text(secret, ObjectNames.CONFIG_KEY);
    }
}
