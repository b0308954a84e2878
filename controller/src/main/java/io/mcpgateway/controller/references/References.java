package io.mcpgateway.controller.references;

import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which other objects our own ones name in their spec, whether those exist or not. */
public final class References {
    private References() {}

    /** The Gateway of spec.targetRef; empty without a spec. */
    public static Optional<ObjectKey> gateway(MCPGatewayExtension extension) {
        return Optional.ofNullable(extension.getSpec())
                .map(spec -> spec.targetRef())
                .map(target ->
                        new ObjectKey(target.namespaceOr(extension.getMetadata().getNamespace()), target.name()));
    }

    /** The HTTPRoute of spec.targetRef; empty without a spec. */
    public static Optional<ObjectKey> route(MCPServerRegistration registration) {
        return Optional.ofNullable(registration.getSpec())
                .map(spec -> spec.targetRef())
                .map(target -> new ObjectKey(
                        target.namespaceOr(registration.getMetadata().getNamespace()), target.name()));
    }

    /** The Secret of spec.trustedHeadersKey, with the public half of the key. */
    public static Optional<ObjectKey> trustedHeadersKey(MCPGatewayExtension extension) {
        return Optional.ofNullable(extension.getSpec())
                .map(spec -> spec.trustedHeadersKey())
                .map(key -> beside(extension.getMetadata().getNamespace(), key.secretName()));
    }

    /** The Secret of spec.sessionStore. */
    public static Optional<ObjectKey> sessionStore(MCPGatewayExtension extension) {
        return Optional.ofNullable(extension.getSpec())
                .map(spec -> spec.sessionStore())
                .map(store -> beside(extension.getMetadata().getNamespace(), store.secretName()));
    }

    /** The Secret of spec.caCertBundleRef. */
    public static Optional<ObjectKey> caCertificates(MCPGatewayExtension extension) {
        return Optional.ofNullable(extension.getSpec())
                .map(spec -> spec.caCertBundleRef())
                .map(bundle -> beside(extension.getMetadata().getNamespace(), bundle.name()));
    }

    /** The Secret of spec.credentialRef. */
    public static Optional<ObjectKey> credential(MCPServerRegistration registration) {
        return Optional.ofNullable(registration.getSpec())
                .map(spec -> spec.credentialRef())
                .map(credential -> beside(registration.getMetadata().getNamespace(), credential.name()));
    }

    /** The Secret of spec.caCertSecretRef. */
    public static Optional<ObjectKey> caCertificates(MCPServerRegistration registration) {
        return Optional.ofNullable(registration.getSpec())
                .map(spec -> spec.caCertSecretRef())
                .map(bundle -> beside(registration.getMetadata().getNamespace(), bundle.name()));
    }

    /** Every Secret that the extension names. */
    public static Stream<ObjectKey> secrets(MCPGatewayExtension extension) {
        return Stream.of(trustedHeadersKey(extension), sessionStore(extension), caCertificates(extension))
                .flatMap(Optional::stream);
    }

    /** Every Secret that the registration names. */
    public static Stream<ObjectKey> secrets(MCPServerRegistration registration) {
        return Stream.of(credential(registration), caCertificates(registration)).flatMap(Optional::stream);
    }

    /** Secrets are only named in the object's own namespace. */
    private static ObjectKey beside(String namespace, @Nullable String name) {
        return new ObjectKey(namespace, Objects.requireNonNullElse(name, ""));
    }
}
