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
 * @param ready whether it is served: not all of it where another server keeps some of its names, see {@code conflicts}
 * @param message what happened, in one line, for people
 * @param lastValidated when the server last answered
 * @param protocolVersion the MCP revision negotiated with it, once known
 * @param conflicts names that it lost to another server
 * @param invalidTools the tools that are left out, as far as they are listed
 * @param definitions what else is left out, and what is served otherwise than it came
 * @param credentialRefusedSince since when the server refuses the gateway's credential, if it does
 * @param connecting whether the broker is connecting to it for the first time; until then, not being ready is not a failure
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
        List<InvalidToolStatus> invalidTools,
        DefinitionsStatus definitions,
        Optional<Instant> credentialRefusedSince,
        boolean connecting) {
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

    /**
     * What became of definitions that not every client could read. The lists hold the first ones only; the totals count
     * all, the tools that are left out included.
     *
     * @param leftOut prompts, resources and resource templates that are not served
     * @param mended definitions of any kind that are served with something cut out
     * @param doubtful tools and prompts whose served names some client or model does not take
     */
    public record DefinitionsStatus(
            int totalLeftOut,
            List<DefinitionStatus> leftOut,
            int totalMended,
            List<DefinitionStatus> mended,
            int totalDoubtful,
            List<DefinitionStatus> doubtful) {
        public static final DefinitionsStatus NONE = new DefinitionsStatus(0, List.of(), 0, List.of(), 0, List.of());

        public DefinitionsStatus {
            leftOut = List.copyOf(leftOut);
            mended = List.copyOf(mended);
            doubtful = List.copyOf(doubtful);
        }
    }

    /**
     * One definition and what is to be said of it.
     *
     * @param kind as of {@link NameConflict}
     * @param notes path and rule each
     */
    public record DefinitionStatus(String kind, String name, List<String> notes) {
        public DefinitionStatus {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
            notes = List.copyOf(notes);
        }
    }

    /** A server whose definitions of other kinds are all served as they came. */
    public ServerStatus(
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
        this(
                id,
                name,
                state,
                ready,
                message,
                lastValidated,
                protocolVersion,
                totals,
                conflicts,
                invalidTools,
                new DefinitionsStatus(invalidTools.size(), List.of(), 0, List.of(), 0, List.of()),
                Optional.empty(),
                false);
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
        Objects.requireNonNull(definitions, "definitions");
        Objects.requireNonNull(credentialRefusedSince, "credentialRefusedSince");
    }

    public boolean enabled() {
        return state == McpServer.State.ENABLED;
    }
}
