package io.mcpgateway.broker.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which served tools one request may see. Lists, calls and {@code list_changed} ask the same value. To resolve one and to
 * ask it about a tool takes a few lookups, however many tools it shows.
 */
public sealed interface ToolView {
    /** Everything, or what a virtual server selects; not narrowed by an authorization. */
    sealed interface Selected extends ToolView {}

    /** No restriction. */
    record Everything() implements Selected {}

    /** Only these served names; {@code key} identifies the view for caching. */
    record Only(String key, Set<String> tools) implements Selected {
        public Only {
            Objects.requireNonNull(key, "key");
            tools = Set.copyOf(tools);
        }

        /** Of the key alone, so that looking a view up does not take longer the more it shows. */
        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    /** Of what is selected only what the authorization layer allows. */
    record Authorized(Selected selected, AuthorizedTools.Only allowed) implements ToolView {
        public Authorized {
            Objects.requireNonNull(selected, "selected");
            Objects.requireNonNull(allowed, "allowed");
        }
    }

    /** The request asks for a view that it cannot have; it is answered with {@code reason} and sees nothing. */
    record Refused(String reason) implements ToolView {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Whether the tool that is served under this name, and routed so, may be seen, and so called. */
    default boolean shows(String servedName, ToolRoute route) {
        return switch (this) {
            case Everything() -> true;
            case Only(String _, Set<String> tools) -> tools.contains(servedName);
            case Authorized(Selected selected, AuthorizedTools.Only allowed) ->
                selected.shows(servedName, route) && allowed.allows(route);
            case Refused(String _) -> false;
        };
    }

    /**
     * The view of a request: the virtual server named by its {@code X-Mcp-Virtualserver} header, which must be the one
     * that the session was initialised with, if any; of that, what it is authorised for.
     */
    static ToolView resolve(ViewRequest request, RouteTable table) {
        List<String> header = request.header();
        Optional<String> ofSession = request.ofSession();
        if (header.size() > 1) {
            return new Refused("the header X-Mcp-Virtualserver must be given once, not " + header.size() + " times");
        }
        if (!header.isEmpty() && ofSession.isPresent() && !ofSession.get().equals(header.getFirst())) {
            return new Refused("this session was initialised with virtual server '" + ofSession.get()
                    + "' and cannot use '" + header.getFirst() + "'; start a new session for it");
        }
        Optional<String> chosen = ofSession.or(() -> header.stream().findFirst());
        if (chosen.isEmpty()) {
            return narrowed(new Everything(), request.allowed());
        }
        Only virtualServer = table.virtualServers().get(chosen.get());
        return virtualServer == null
                ? new Refused(
                        "unknown virtual server '" + chosen.get() + "'; expected namespace/name of an MCPVirtualServer")
                : narrowed(virtualServer, request.allowed());
    }

    private static ToolView narrowed(Selected selected, AuthorizedTools allowed) {
        return switch (allowed) {
            case AuthorizedTools.Everything() -> selected;
            case AuthorizedTools.Only only -> new Authorized(selected, only);
        };
    }
}
