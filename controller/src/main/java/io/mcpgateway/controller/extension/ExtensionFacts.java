package io.mcpgateway.controller.extension;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that the plan of one extension depends on. What is not in the lists does not exist, so an observer must
 * not fill them from caches that are still loading.
 *
 * @param extensions all of the cluster, those being deleted included; whether the one in question is among them does
 *     not matter
 * @param gateway the one that spec.targetRef names
 * @param namespaceLabels labels by namespace, at least for the namespaces of the extensions that target the Gateway
 * @param grants at least those of the Gateway's namespace
 * @param trustedHeadersSecret the one that spec.trustedHeadersKey names, in the extension's namespace
 * @param sessionStoreSecret the one that spec.sessionStore names, there too
 * @param caSecret the one that spec.caCertBundleRef names, there too
 */
public record ExtensionFacts(
        MCPGatewayExtension extension,
        List<MCPGatewayExtension> extensions,
        Optional<Gateway> gateway,
        Map<String, Map<String, String>> namespaceLabels,
        List<ReferenceGrant> grants,
        Optional<Secret> trustedHeadersSecret,
        Optional<Secret> sessionStoreSecret,
        Optional<Secret> caSecret) {
    public ExtensionFacts {
        Objects.requireNonNull(extension, "extension");
        extensions = List.copyOf(extensions);
        Objects.requireNonNull(gateway, "gateway");
        namespaceLabels = Map.copyOf(namespaceLabels);
        grants = List.copyOf(grants);
        Objects.requireNonNull(trustedHeadersSecret, "trustedHeadersSecret");
        Objects.requireNonNull(sessionStoreSecret, "sessionStoreSecret");
        Objects.requireNonNull(caSecret, "caSecret");
    }

    Map<String, String> labels(String namespace) {
        return namespaceLabels.getOrDefault(namespace, Map.of());
    }
}
