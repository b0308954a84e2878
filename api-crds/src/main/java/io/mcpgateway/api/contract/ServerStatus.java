package io.mcpgateway.api.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code /status} says of one server.
 *
 * @param id {@code name:prefix:hostname}, see {@link McpServer#id()}
 * @param state whether the configuration lets it take part; a disabled server is neither ready nor unhealthy
 * @param ready whether everything it offers is served; clashes of resource URIs do not count
 * @param message what happened, in one line, for people
 * @param lastValidated when the server last answered
 * @param protocolVersion the MCP revision negotiated with it, once known
 * @param conflicts names that it lost to another server
 */
public record ServerStatus(
        String id,
        ServerName name,
        McpServer.State state,
        boolean ready,
        String message,
        Optional<Instant> lastValidated,
        Optional<String> protocolVersion,
        Totals totals,
        List<NameConflict> conflicts,
        List<InvalidToolStatus> invalidTools) {
    /** How many tools, prompts, resources and resource templates of this server are served. */
    public record Totals(int tools, int prompts, int resources, int resourceTemplates) {
        public static final Totals NONE = new Totals(0, 0, 0, 0);
    }

    /**
     * A served name that this server offers too, but another one keeps.
     *
     * @param kind {@code tool}, {@code prompt}, {@code resource} or {@code resource template}
     */
    public record NameConflict(String kind, String name, ServerName keptBy) {
        public static final String TOOL = "tool";
        public static final String PROMPT = "prompt";

        public NameConflict {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(keptBy, "keptBy");
        }

        /** Whether a prefix would end it; URIs of resources have none, so that their clashes are only told. */
        public boolean endsWithPrefix() {
            return kind.equals(TOOL) || kind.equals(PROMPT);
        }
    }

    /** A tool that is left out, with the reasons. */
    public record InvalidToolStatus(String name, List<String> errors) {
        public InvalidToolStatus {
            Objects.requireNonNull(name, "name");
            errors = List.copyOf(errors);
        }
    }

    public ServerStatus {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(lastValidated, "lastValidated");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        Objects.requireNonNull(totals, "totals");
        conflicts = List.copyOf(conflicts);
        invalidTools = List.copyOf(invalidTools);
    }

    public boolean enabled() {
        return state == McpServer.State.ENABLED;
    }
}
