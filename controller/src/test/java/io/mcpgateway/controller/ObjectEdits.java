package io.mcpgateway.controller;

import io.mcpgateway.api.v1alpha1.CaCertificateReference;
import io.mcpgateway.api.v1alpha1.CredentialReference;
import io.mcpgateway.api.v1alpha1.EnabledState;
import io.mcpgateway.api.v1alpha1.GatewayTargetReference;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionSpec;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationSpec;
import io.mcpgateway.api.v1alpha1.TrustedHeadersKey;

/** Specs with one thing changed. */
final class ObjectEdits {
    private ObjectEdits() {}

    static MCPGatewayExtensionSpec retarget(MCPGatewayExtensionSpec spec, String gateway, String namespace) {
        GatewayTargetReference target = spec.targetRef();
        return new MCPGatewayExtensionSpec(
                new GatewayTargetReference(target.group(), target.kind(), gateway, namespace, target.sectionName()),
                spec.publicHost(),
                spec.privateHost(),
                spec.backendPingIntervalSeconds(),
                spec.trustedHeadersKey(),
                spec.httpRouteManagement(),
                spec.serverInstructions(),
                spec.callTimeoutSeconds(),
                spec.sessionStore(),
                spec.oauthProtectedResource(),
                spec.logLevel(),
                spec.caCertBundleRef());
    }

    static MCPGatewayExtensionSpec withTrustedHeaders(MCPGatewayExtensionSpec spec, String secret) {
        return new MCPGatewayExtensionSpec(
                spec.targetRef(),
                spec.publicHost(),
                spec.privateHost(),
                spec.backendPingIntervalSeconds(),
                new TrustedHeadersKey(secret, EnabledState.ENABLED),
                spec.httpRouteManagement(),
                spec.serverInstructions(),
                spec.callTimeoutSeconds(),
                spec.sessionStore(),
                spec.oauthProtectedResource(),
                spec.logLevel(),
                spec.caCertBundleRef());
    }

    static MCPGatewayExtensionSpec withoutRoute(MCPGatewayExtensionSpec spec) {
        return new MCPGatewayExtensionSpec(
                spec.targetRef(),
                spec.publicHost(),
                spec.privateHost(),
                spec.backendPingIntervalSeconds(),
                spec.trustedHeadersKey(),
                EnabledState.DISABLED,
                spec.serverInstructions(),
                spec.callTimeoutSeconds(),
                spec.sessionStore(),
                spec.oauthProtectedResource(),
                spec.logLevel(),
                spec.caCertBundleRef());
    }

    static MCPServerRegistrationSpec withCredential(MCPServerRegistrationSpec spec, String secret) {
        return new MCPServerRegistrationSpec(
                spec.targetRef(),
                spec.toolPrefix(),
                spec.path(),
                new CredentialReference(secret, "token"),
                spec.upstreamAuthorization(),
                spec.callTimeoutSeconds(),
                spec.state(),
                spec.caCertSecretRef());
    }

    static MCPServerRegistrationSpec withPrefix(MCPServerRegistrationSpec spec, String prefix) {
        return new MCPServerRegistrationSpec(
                spec.targetRef(),
                prefix,
                spec.path(),
                spec.credentialRef(),
                spec.upstreamAuthorization(),
                spec.callTimeoutSeconds(),
                spec.state(),
                spec.caCertSecretRef());
    }

    static MCPServerRegistrationSpec withCertificates(MCPServerRegistrationSpec spec, String secret) {
        return new MCPServerRegistrationSpec(
                spec.targetRef(),
                spec.toolPrefix(),
                spec.path(),
                spec.credentialRef(),
                spec.upstreamAuthorization(),
                spec.callTimeoutSeconds(),
                spec.state(),
                new CaCertificateReference(secret, "ca.crt"));
    }

    static MCPGatewayExtensionSpec withCertificates(MCPGatewayExtensionSpec spec, String secret) {
        return new MCPGatewayExtensionSpec(
                spec.targetRef(),
                spec.publicHost(),
                spec.privateHost(),
                spec.backendPingIntervalSeconds(),
                spec.trustedHeadersKey(),
                spec.httpRouteManagement(),
                spec.serverInstructions(),
                spec.callTimeoutSeconds(),
                spec.sessionStore(),
                spec.oauthProtectedResource(),
                spec.logLevel(),
                new CaCertificateReference(secret, "ca.crt"));
    }
}
