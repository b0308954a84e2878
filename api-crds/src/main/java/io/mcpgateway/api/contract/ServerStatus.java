package io.mcpgateway.api.contract;

import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.api.contract.reason.Reason;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.api.wire.McpRevisions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The part of {@code /status} about one server.
 *
 * @param id {@code name:prefix:hostname}, see {@link McpServer#id()}
 * @param state whether the configuration enables it; a disabled server is neither ready nor unhealthy
 * @param ready whether it is served, except for names that another server keeps, see {@code conflicts}
 * @param message what happened, in one line, for people
 * @param lastValidated when the server last passed a check; of a ready one, when that was last told, because checks that
 *     find nothing new are no news
 * @param protocolVersion the MCP revision that the broker itself speaks with it, once known
 * @param protocolVersions every MCP revision that it was seen to speak with the broker, oldest first
 * @param conflicts names that it lost to another server
 * @param invalidTools the tools that are left out; not more than the list has room for
 * @param definitions what else is left out, and what is served with changes
 * @param credentialRefusedSince since when the server refuses the gateway's credential, if it does
 * @param pinning which of its tools are not approved; empty if they are not pinned, or not known
 * @param failure what keeps the broker from the server, if something does; its tools may still be kept
 * @param connecting whether the broker is connecting for the first time; until it has, not being ready is not a failure
 */
public record ServerStatus(
        String id,
        ServerName name,
        McpServer.State state,
        boolean ready,
        String message,
        Optional<Instant> lastValidated,
        Optional<String> protocolVersion,
        List<String> protocolVersions,
        Totals totals,
        List<NameConflict> conflicts,
        List<InvalidToolStatus> invalidTools,
        DefinitionsStatus definitions,
        Optional<Instant> credentialRefusedSince,
        Optional<PinningStatus> pinning,
        Optional<ReasonCode> failure,
        boolean connecting) {
    /** The numbers of served tools, prompts, resources and resource templates. */
    public record Totals(int tools, int prompts, int resources, int resourceTemplates) {
        public static final Totals NONE = new Totals(0, 0, 0, 0);
    }

    /**
     * A name that this server also has, but that another server keeps.
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

        /** Whether a prefix would resolve it. URIs have no prefix, so their conflicts are only reported. */
        public boolean endsWithPrefix() {
            return kind.equals(TOOL) || kind.equals(PROMPT);
        }
    }

    /** A tool that is left out, and why. */
    public record InvalidToolStatus(String name, List<String> errors) {
        public InvalidToolStatus {
            Objects.requireNonNull(name, "name");
            errors = List.copyOf(errors);
        }
    }

    /**
     * Definitions that not every client could read. The lists contain only the first ones; the totals count all,
     * including the tools that are left out.
     *
     * @param leftOut prompts, resources and resource templates that are not served
     * @param mended definitions of any kind that are served with a part removed
     * @param doubtful tools and prompts whose served names some clients or models do not accept
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
     * Notes about one definition.
     *
     * @param kind as in {@link NameConflict}
     * @param notes each with a path and a rule
     */
    public record DefinitionStatus(String kind, String name, List<String> notes) {
        public DefinitionStatus {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
            notes = List.copyOf(notes);
        }
    }

    public ServerStatus {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(lastValidated, "lastValidated");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        protocolVersions = List.copyOf(protocolVersions);
        Objects.requireNonNull(totals, "totals");
        conflicts = List.copyOf(conflicts);
        invalidTools = List.copyOf(invalidTools);
        Objects.requireNonNull(definitions, "definitions");
        Objects.requireNonNull(credentialRefusedSince, "credentialRefusedSince");
        Objects.requireNonNull(pinning, "pinning");
        Objects.requireNonNull(failure, "failure");
    }

    /** Of a server that can be reached and whose tools are not pinned. */
    public ServerStatus(
            String id,
            ServerName name,
            McpServer.State state,
            boolean ready,
            String message,
            Optional<Instant> lastValidated,
            Optional<String> protocolVersion,
            List<String> protocolVersions,
            Totals totals,
            List<NameConflict> conflicts,
            List<InvalidToolStatus> invalidTools,
            DefinitionsStatus definitions,
            Optional<Instant> credentialRefusedSince,
            boolean connecting) {
        this(
                id,
                name,
                state,
                ready,
                message,
                lastValidated,
                protocolVersion,
                protocolVersions,
                totals,
                conflicts,
                invalidTools,
                definitions,
                credentialRefusedSince,
                Optional.empty(),
                Optional.empty(),
                connecting);
    }

    /** Why it, or what it lists, is not served; those about the server itself first. */
    public List<Reason> reasons() {
        String self = "server " + name;
        List<Reason> reasons = new ArrayList<>();
        if (!enabled()) {
            reasons.add(new Reason(ReasonCode.DISABLED, 1, self));
        }
        if (enabled() && connecting) {
            reasons.add(new Reason(ReasonCode.NOT_DISCOVERED_YET, 1, self));
        }
        failure.ifPresent(code -> reasons.add(new Reason(code, 1, self)));
        Map<ServerName, Integer> lost = new TreeMap<>();
        conflicts.forEach(conflict -> lost.merge(conflict.keptBy(), 1, Integer::sum));
        lost.forEach((keeper, count) -> reasons.add(new Reason(ReasonCode.NAME_CONFLICT, count, "server " + keeper)));
        if (definitions.totalLeftOut() > 0) {
            reasons.add(new Reason(ReasonCode.INVALID_DEFINITION, definitions.totalLeftOut(), self));
        }
        pinning.filter(known -> known.withheld() > 0)
                .ifPresent(known -> reasons.add(new Reason(ReasonCode.QUARANTINED, known.withheld(), self)));
        if (ready && totals.tools() == 0 && conflicts.isEmpty() && invalidTools.isEmpty()) {
            reasons.add(new Reason(ReasonCode.NO_TOOLS, 1, self));
        }
        return List.copyOf(reasons);
    }

    /** The prefix of its tools, which is a part of its id. */
    public String toolPrefix() {
        int from = name.value().length() + 1;
        int to = id.lastIndexOf(':');
        return id.startsWith(name.value() + ":") && to >= from ? id.substring(from, to) : "";
    }

    /** Whether it speaks nothing that starts with initialize, which older clients need. */
    public boolean modernOnly() {
        return !protocolVersions.isEmpty()
                && protocolVersions.stream()
                        .allMatch(version -> version.compareTo(McpRevisions.MODERN.getFirst()) >= 0);
    }

    public boolean enabled() {
        return state == McpServer.State.ENABLED;
    }

    /** The same with what is said of pinned tools. It is not ready if every tool is withheld. */
    public ServerStatus with(Optional<PinningStatus> pinned) {
        boolean nothing = totals.tools() == 0
                && pinned.filter(known -> known.withheld() > 0).isPresent();
        return copy(ready && !nothing, lastValidated, pinned);
    }

    /** The same, whenever the server last answered: what changes with every ping. */
    public ServerStatus withoutLastValidated() {
        return copy(ready, Optional.empty(), pinning);
    }

    private ServerStatus copy(boolean serves, Optional<Instant> validated, Optional<PinningStatus> pinned) {
        return new ServerStatus(
                id,
                name,
                state,
                serves,
                message,
                validated,
                protocolVersion,
                protocolVersions,
                totals,
                conflicts,
                invalidTools,
                definitions,
                credentialRefusedSince,
                pinned,
                failure,
                connecting);
    }
}
