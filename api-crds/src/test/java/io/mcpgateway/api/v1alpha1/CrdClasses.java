package io.mcpgateway.api.v1alpha1;

import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;

/** A kind and the types of its two halves. */
record CrdClasses(Class<? extends CustomResource<?, ?>> resource, Class<?> spec, Class<?> status) {
    static final List<CrdClasses> ALL = List.of(
            new CrdClasses(MCPGatewayExtension.class, MCPGatewayExtensionSpec.class, MCPGatewayExtensionStatus.class),
            new CrdClasses(
                    MCPServerRegistration.class, MCPServerRegistrationSpec.class, MCPServerRegistrationStatus.class),
            new CrdClasses(MCPVirtualServer.class, MCPVirtualServerSpec.class, MCPVirtualServerStatus.class));
}
