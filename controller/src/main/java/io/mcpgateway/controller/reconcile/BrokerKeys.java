package io.mcpgateway.controller.reconcile;

import io.fabric8.kubernetes.api.model.Secret;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.EnabledState;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.TrustedHeadersKey;
import io.mcpgateway.controller.cluster.ApiRequests;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.ObjectWriter;
import io.mcpgateway.controller.desired.ExtensionOwner;
import io.mcpgateway.controller.desired.SigningKeySecret;
import io.mcpgateway.controller.desired.TrustedHeaderSecrets;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that the controller generates: the session signing key, and the pair for trusted headers if requested. */
public final class BrokerKeys {
    private static final Logger log = LoggerFactory.getLogger(BrokerKeys.class);

    private final ClusterReader cluster;
    private final ApiRequests requests;
    private final ObjectWriter writer;
    private final SecureRandom random = new SecureRandom();

    public BrokerKeys(ClusterReader cluster, ApiRequests requests, ObjectWriter writer) {
        this.cluster = cluster;
        this.requests = requests;
        this.writer = writer;
    }

    void keep(MCPGatewayExtension extension) {
        ExtensionOwner owner = ExtensionOwner.of(extension);
        signingKey(owner);
        TrustedHeadersKey key = extension.getSpec().trustedHeadersKey();
        if (key != null && key.generate() == EnabledState.ENABLED) {
            trustedHeaders(owner, key.secretName());
        }
    }

    private void signingKey(ExtensionOwner owner) {
        byte[] bytes = new byte[SigningKeySecret.RANDOM_BYTES];
        random.nextBytes(bytes);
        ObjectKey key = new ObjectKey(owner.namespace(), ObjectNames.SIGNING_KEY_SECRET);
        writer.apply(
                cluster.ownSecret(key).orElse(null),
                SigningKeySecret.desired(owner, bytes),
                live -> SigningKeySecret.desiredBeside(live, owner, bytes));
    }

    /**
     * A complete pair stays. A single half is useless: if it is ours, both are generated again, the public one last, so
     * a crash in between leaves a single half again, never two that do not match.
     */
    private void trustedHeaders(ExtensionOwner owner, String name) {
        ObjectKey publicKey = new ObjectKey(owner.namespace(), name);
        ObjectKey privateKey = new ObjectKey(owner.namespace(), TrustedHeaderSecrets.privateName(name));
        if (cluster.ownSecret(publicKey).isPresent()
                && cluster.ownSecret(privateKey).isPresent()) {
            return;
        }
        Optional<Secret> publicHalf = requests.read(Secret.class, publicKey);
        Optional<Secret> privateHalf = requests.read(Secret.class, privateKey);
        if (publicHalf.isPresent() && privateHalf.isPresent()) {
            return;
        }
        Optional<Secret> half = publicHalf.or(() -> privateHalf);
        if (half.isPresent() && !TrustedHeaderSecrets.isOurs(half.get())) {
            log.warn(
                    "trusted header key not generated: the other half of the pair was not made by the controller secret={}",
                    ObjectKey.of(half.get()));
            return;
        }
        half.ifPresent(writer::delete);
        TrustedHeaderSecrets pair = TrustedHeaderSecrets.desired(owner, name, pair());
        writer.apply(null, pair.privateKey());
        writer.apply(null, pair.publicKey());
    }

    private KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has P-256", impossible);
        }
    }
}
