package io.mcpgateway.broker.mcp;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What a server declared in its answer to {@code initialize}, as far as the gateway reads it. */
public record ServerCapabilities(Set<Capability> declared) {
    public static final ServerCapabilities NONE = new ServerCapabilities(Set.of());

    public ServerCapabilities {
        declared = Set.copyOf(declared);
    }

    /** Of the paths that {@code capabilities} holds; those that the gateway does not know mean nothing. */
    public static ServerCapabilities ofPaths(Collection<String> paths) {
        Set<Capability> declared = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if (paths.contains(capability.path())) {
                declared.add(capability);
            }
        }
        return new ServerCapabilities(declared);
    }

    public boolean has(Capability capability) {
        return declared.contains(capability);
    }
}
