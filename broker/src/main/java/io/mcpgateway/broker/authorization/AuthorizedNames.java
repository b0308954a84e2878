package io.mcpgateway.broker.authorization;

import io.mcpgateway.api.contract.ServerName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which things of one sort the authorization layer in front of the gateway lets a request see and use. */
public sealed interface AuthorizedNames {
    /** It said nothing about them, and need not. */
    record Everything() implements AuthorizedNames {}

    /**
     * Only these, by the name of the server and what the server itself calls them: a name without prefix, a URI, a URI
     * template. Names of servers that do not exist mean nothing.
     */
    record Only(Map<String, Set<String>> byServer) implements AuthorizedNames {
        public static final Only NOTHING = new Only(Map.of());

        public Only {
            Map<String, Set<String>> copy = new HashMap<>();
            byServer.forEach((server, names) -> copy.put(server, Set.copyOf(names)));
            byServer = Map.copyOf(copy);
        }

        private Only common(Only other) {
            Map<String, Set<String>> both = new HashMap<>();
            byServer.forEach((server, names) -> {
                Set<String> common = new HashSet<>(names);
                common.retainAll(other.byServer.getOrDefault(server, Set.of()));
                both.put(server, common);
            });
            return new Only(both);
        }
    }

    /**
     * Whether something of a server may be seen and used.
     *
     * @param name what the server itself calls it
     */
    default boolean allows(ServerName server, String name) {
        return switch (this) {
            case Everything() -> true;
            case Only(Map<String, Set<String>> byServer) ->
                byServer.getOrDefault(server.value(), Set.of()).contains(name);
        };
    }

    /** What this and a further statement both allow. */
    default AuthorizedNames and(Only further) {
        return switch (this) {
            case Everything() -> further;
            case Only only -> only.common(further);
        };
    }
}
