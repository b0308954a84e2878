package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.authorization.Authorization;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What of everything that is served one request may see. Lists, calls and {@code list_changed} ask the same value. To
 * resolve one and to ask it about an item takes a few lookups, however much it shows.
 */
public sealed interface CapabilityView {
    /** Everything, or what a virtual server selects; not narrowed by an authorization. */
    sealed interface Selected extends CapabilityView {}

    /** No restriction. */
    record Everything() implements Selected {}

    /**
     * What a virtual server selects.
     *
     * @param key identifies the view for caching
     * @param tools served names
     * @param prompts served names; empty if it does not restrict prompts
     * @param resourceServers whose resources and resource templates are seen
     */
    record Only(String key, Set<String> tools, Optional<Set<String>> prompts, Set<ServerName> resourceServers)
            implements Selected {
        public Only {
            Objects.requireNonNull(key, "key");
            tools = Set.copyOf(tools);
            prompts = prompts.map(Set::copyOf);
            resourceServers = Set.copyOf(resourceServers);
        }

        /** Only of the key, so looking up a view does not take longer the more it shows. */
        @Override
        public int hashCode() {
            return key.hashCode();
        }

        private boolean selects(String servedName, CapabilityRoute route) {
            return switch (route.kind()) {
                case TOOL -> tools.contains(servedName);
                case PROMPT -> prompts.map(names -> names.contains(servedName)).orElse(true);
                case RESOURCE, RESOURCE_TEMPLATE ->
                    resourceServers.contains(route.server().name());
            };
        }
    }

    /** Of what is selected only what the authorization layer allows. */
    record Authorized(Selected selected, Authorization allowed) implements CapabilityView {
        public Authorized {
            Objects.requireNonNull(selected, "selected");
            Objects.requireNonNull(allowed, "allowed");
        }
    }

    /** The request asks for a view that it cannot have; it is answered with {@code reason} and sees nothing. */
    record Refused(String reason) implements CapabilityView {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Whether the item that is served under this name, and routed so, may be seen, and so used. */
    default boolean shows(String servedName, CapabilityRoute route) {
        return switch (this) {
            case Everything() -> true;
            case Only only -> only.selects(servedName, route);
            case Authorized(Selected selected, Authorization allowed) ->
                selected.shows(servedName, route)
                        && allowed.allows(route.kind(), route.server().name(), route.ownName());
            case Refused(String _) -> false;
        };
    }

    /**
     * The view of a request: the virtual server named by its {@code X-Mcp-Virtualserver} header, which must be the one
     * that the session was initialised with, if any; of that, what it is authorised for.
     */
    static CapabilityView resolve(ViewRequest request, RouteTable table) {
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

    private static CapabilityView narrowed(Selected selected, Authorization allowed) {
        return allowed.equals(Authorization.EVERYTHING) ? selected : new Authorized(selected, allowed);
    }
}
