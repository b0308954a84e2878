package io.mcpgateway.controller.cluster;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.gatewayapi.ObjectKey;

/** {@link ReconcileQueue} by one event source for each JOSDK controller. */
public final class InboundQueue implements ReconcileQueue {
    private final SimpleInboundEventSource<MCPGatewayExtension> extensions =
            new SimpleInboundEventSource<>("cluster-changes");
    private final SimpleInboundEventSource<MCPServerRegistration> registrations =
            new SimpleInboundEventSource<>("cluster-changes");
    private final SimpleInboundEventSource<MCPVirtualServer> virtualServers =
            new SimpleInboundEventSource<>("cluster-changes");

    public SimpleInboundEventSource<MCPGatewayExtension> extensions() {
        return extensions;
    }

    public SimpleInboundEventSource<MCPServerRegistration> registrations() {
        return registrations;
    }

    public SimpleInboundEventSource<MCPVirtualServer> virtualServers() {
        return virtualServers;
    }

    @Override
    public void extension(ObjectKey key) {
        extensions.propagateEvent(id(key));
    }

    @Override
    public void registration(ObjectKey key) {
        registrations.propagateEvent(id(key));
    }

    @Override
    public void virtualServer(ObjectKey key) {
        virtualServers.propagateEvent(id(key));
    }

    private static ResourceID id(ObjectKey key) {
        return new ResourceID(key.name(), key.namespace());
    }
}
