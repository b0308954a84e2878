package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.VirtualServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which served tools one request may see. Lists and calls ask the same value. */
public sealed interface ToolView {
    /** No restriction. */
    record Everything() implements ToolView {}

    /** Only these served names; {@code key} identifies the view for caching. */
    record Only(String key, Set<String> tools) implements ToolView {
        public Only {
            Objects.requireNonNull(key, "key");
            tools = Set.copyOf(tools);
        }
    }

    /** The request asks for a view that it cannot have; it is answered with {@code reason} and sees nothing. */
    record Refused(String reason) implements ToolView {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Whether the tool may be seen, and so called. */
    default boolean shows(String servedName) {
        return switch (this) {
            case Everything() -> true;
            case Only(String _, Set<String> tools) -> tools.contains(servedName);
            case Refused(String _) -> false;
        };
    }

    /**
     * The view of a request: the virtual server named by its {@code X-Mcp-Virtualserver} header, which must be the one
     * that the session was initialised with, if any.
     *
     * @param ofSession the virtual server that the session is bound to
     * @param header every value of the request's header
     */
    static ToolView resolve(Optional<String> ofSession, List<String> header, Map<String, VirtualServer> known) {
        if (header.size() > 1) {
            return new Refused("the header X-Mcp-Virtualserver must be given once, not " + header.size() + " times");
        }
        if (!header.isEmpty() && ofSession.isPresent() && !ofSession.get().equals(header.getFirst())) {
            return new Refused("this session was initialised with virtual server '" + ofSession.get()
                    + "' and cannot use '" + header.getFirst() + "'; start a new session for it");
        }
        Optional<String> chosen = ofSession.or(() -> header.stream().findFirst());
        if (chosen.isEmpty()) {
            return new Everything();
        }
        VirtualServer virtualServer = known.get(chosen.get());
        return virtualServer == null
                ? new Refused(
                        "unknown virtual server '" + chosen.get() + "'; expected namespace/name of an MCPVirtualServer")
                : new Only(virtualServer.name(), Set.copyOf(virtualServer.tools()));
    }
}
