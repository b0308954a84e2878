package io.mcpgateway.controller;

import io.mcpgateway.api.v1alpha1.CredentialReference;
import io.mcpgateway.api.v1alpha1.GatewayTargetReference;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionSpec;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationSpec;

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
                spec.httpRouteManagement());
    }

    static MCPServerRegistrationSpec withCredential(MCPServerRegistrationSpec spec, String secret) {
        return new MCPServerRegistrationSpec(
                spec.targetRef(),
                spec.toolPrefix(),
                spec.path(),
                new CredentialReference(secret, "token"),
                spec.state());
    }
}
