package io.mcpgateway.broker.url;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.UrlPaths;
import java.util.Objects;
import java.util.Optional;

/** What a URL chooses of everything that is served. A request never sees more than that. */
public sealed interface Chosen {
    /** {@code /mcp}: a header may still choose a virtual server. */
    record Nothing() implements Chosen {}

    /**
     * What a virtual server selects.
     *
     * @param name as in the header {@code X-Mcp-Virtualserver}
     */
    record VirtualServer(String name) implements Chosen {
        public VirtualServer {
            Objects.requireNonNull(name, "name");
        }
    }

    /** One server, with its own names. */
    record Server(ServerName name) implements Chosen {
        public Server {
            Objects.requireNonNull(name, "name");
        }
    }

    /** The one path that it has on the public host whatever else was chosen for it. */
    default String path() {
        return switch (this) {
            case Nothing() -> BrokerLaunch.MCP_PATH;
            case VirtualServer(String name) -> UrlPaths.ofVirtualServer(name);
            case Server(ServerName name) -> UrlPaths.ofServer(name);
        };
    }

    default boolean isNothing() {
        return this instanceof Nothing;
    }

    /** In a refusal. */
    default String described() {
        return switch (this) {
            case Nothing() -> "no virtual server";
            case VirtualServer(String name) -> "virtual server '" + name + "'";
            case Server(ServerName name) -> "server '" + name + "'";
        };
    }

    /** As text that {@link #parse} reads. */
    default String text() {
        return switch (this) {
            case Nothing() -> "";
            case VirtualServer(String name) -> "v:" + name;
            case Server(ServerName name) -> "s:" + name.value();
        };
    }

    /** Empty for other text. */
    static Optional<Chosen> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(new Nothing());
        }
        if (text.startsWith("v:")) {
            return Optional.of(new VirtualServer(text.substring(2)));
        }
        return text.length() > 2 && text.startsWith("s:") && text.chars().noneMatch(Character::isWhitespace)
                ? Optional.of(new Server(new ServerName(text.substring(2))))
                : Optional.empty();
    }
}
