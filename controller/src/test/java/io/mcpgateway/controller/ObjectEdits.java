package io.mcpgateway.controller;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.v1alpha1.EnabledState;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionSpec;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationSpec;
import io.mcpgateway.api.v1alpha1.MCPVirtualServerSpec;
import io.mcpgateway.api.v1alpha1.TrustedHeadersKey;
import io.mcpgateway.api.v1alpha1.reference.CaCertificateReference;
import io.mcpgateway.api.v1alpha1.reference.CredentialReference;
import io.mcpgateway.api.v1alpha1.reference.GatewayTargetReference;
import java.util.List;
import java.util.Map;

/** Specs with one thing changed, as users change them: by the field's name. */
final class ObjectEdits {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ObjectEdits() {}

    static MCPGatewayExtensionSpec retarget(MCPGatewayExtensionSpec spec, String gateway, String namespace) {
        GatewayTargetReference target = spec.targetRef();
        return with(
                spec,
                "targetRef",
                new GatewayTargetReference(target.group(), target.kind(), gateway, namespace, target.sectionName()));
    }

    static MCPGatewayExtensionSpec withTrustedHeaders(MCPGatewayExtensionSpec spec, String secret) {
        return with(spec, "trustedHeadersKey", new TrustedHeadersKey(secret, EnabledState.ENABLED));
    }

    static MCPGatewayExtensionSpec withoutRoute(MCPGatewayExtensionSpec spec) {
        return with(spec, "httpRouteManagement", EnabledState.DISABLED);
    }

    static MCPGatewayExtensionSpec withCertificates(MCPGatewayExtensionSpec spec, String secret) {
        return with(spec, "caCertBundleRef", new CaCertificateReference(secret, "ca.crt"));
    }

    static MCPServerRegistrationSpec withCredential(MCPServerRegistrationSpec spec, String secret) {
        return with(spec, "credentialRef", new CredentialReference(secret, "token"));
    }

    static MCPServerRegistrationSpec withPrefix(MCPServerRegistrationSpec spec, String prefix) {
        return with(spec, "toolPrefix", prefix);
    }

    static MCPServerRegistrationSpec withCertificates(MCPServerRegistrationSpec spec, String secret) {
        return with(spec, "caCertSecretRef", new CaCertificateReference(secret, "ca.crt"));
    }

    static MCPVirtualServerSpec selectingLabel(String label, String value) {
        Object selector = Map.of("matchLabels", Map.of(label, value));
        return JSON.convertValue(
                Map.of("include", List.of(Map.of("registrationSelector", selector))), MCPVirtualServerSpec.class);
    }

    private static <T> T with(T spec, String field, Object value) {
        ObjectNode fields = JSON.valueToTree(spec);
        fields.set(field, JSON.valueToTree(value));
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) spec.getClass();
        return JSON.convertValue(fields, type);
    }
}
