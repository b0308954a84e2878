package io.mcpgateway.broker.catalog;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which tools the authorization layer in front of the gateway lets a request see and call. */
public sealed interface AuthorizedTools {
    /** It said nothing about tools, and need not. */
    record Everything() implements AuthorizedTools {}

    /**
     * Only these, by the name of the server and the name that the server itself gives the tool (no prefix). Names of
     * servers that do not exist mean nothing.
     */
    record Only(Map<String, Set<String>> tools) implements AuthorizedTools {
        public static final Only NOTHING = new Only(Map.of());

        public Only {
            Map<String, Set<String>> copy = new HashMap<>();
            tools.forEach((server, names) -> copy.put(server, Set.copyOf(names)));
            tools = Map.copyOf(copy);
        }

        private Only common(Only other) {
            Map<String, Set<String>> both = new HashMap<>();
            tools.forEach((server, names) -> {
                Set<String> common = new HashSet<>(names);
                common.retainAll(other.tools.getOrDefault(server, Set.of()));
                both.put(server, common);
            });
            return new Only(both);
        }
    }

    default boolean allows(ToolRoute route) {
        return switch (this) {
            case Everything() -> true;
            case Only(Map<String, Set<String>> tools) ->
                tools.getOrDefault(route.server().name().value(), Set.of()).contains(route.upstreamName());
        };
    }

    /** What this and a further statement both allow. */
    default AuthorizedTools and(Only further) {
        return switch (this) {
            case Everything() -> further;
            case Only only -> only.common(further);
        };
    }
}
