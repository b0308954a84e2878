package io.mcpgateway.controller.registration;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.ServerStatus.NameConflict;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.controller.fleet.BrokerFleet;
import io.mcpgateway.controller.fleet.BrokerReplica;
import io.mcpgateway.controller.reasons.FailureAdvice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What all replicas together say about one server. The worst of them decides, because a client may use any of them;
 * what a broker says about the server counts as worse than a broker that says nothing, because the user can act on it.
 *
 * @param awaited some replica has not reported yet, so this is incomplete
 * @param known every replica has the server as configured, ready or not
 * @param underway it is not ready yet, and nothing has failed
 * @param tools that each replica serves: the fewest of any
 * @param credentialRefusedSince the earliest time of any replica, if the server refuses the gateway's credential
 * @param protocolVersions the MCP revisions that any replica found it to speak, oldest first
 */
record ServerVerdict(
        boolean ready,
        boolean awaited,
        boolean known,
        boolean underway,
        String message,
        int tools,
        Optional<Instant> credentialRefusedSince,
        List<String> protocolVersions) {
    /** How many definitions a message names; /status of the broker names more. */
    private static final int MOST_NAMED = 5;

    private enum Standing {
        READY,
        ABSENT,
        CONNECTING,
        UNREACHABLE,
        NO_REPLICA,
        FAILED;

        /** Whether nothing is wrong, and it takes a moment. */
        boolean isUnderway() {
            return this == ABSENT || this == CONNECTING || this == NO_REPLICA;
        }

        /** Whether the replica has the server as configured. */
        boolean isKnown() {
            return this == READY || this == CONNECTING || this == FAILED;
        }
    }

    /** What one replica says; without a pod, that there is none. */
    private record View(
            String pod,
            Standing standing,
            String message,
            int tools,
            Optional<Instant> refusedSince,
            List<String> versions) {
        private View(Standing standing, String message, int tools) {
            this("", standing, message, tools, Optional.empty(), List.of());
        }

        private View(Standing standing, String message, ServerStatus status) {
            this(
                    "",
                    standing,
                    message,
                    status.totals().tools(),
                    status.credentialRefusedSince(),
                    status.protocolVersions());
        }

        View of(BrokerReplica replica) {
            return new View(replica.pod(), standing, message, tools, refusedSince, versions);
        }
    }

    ServerVerdict {
        Objects.requireNonNull(message, "message");
        protocolVersions = List.copyOf(protocolVersions);
    }

    static ServerVerdict of(List<Placement> placements, List<BrokerFleet> fleets) {
        List<View> views = new ArrayList<>();
        boolean awaited = false;
        for (Placement placement : placements) {
            BrokerFleet fleet = fleetOf(placement, fleets);
            awaited |= fleet.isAwaited();
            if (fleet.replicas().isEmpty()) {
                views.add(new View(Standing.NO_REPLICA, noReplica(fleet), 0));
            }
            fleet.replicas()
                    .forEach(replica ->
                            views.add(view(placement.server(), replica, fleet).of(replica)));
        }
        View worst = views.stream()
                .max(Comparator.comparing(View::standing))
                .orElse(new View(Standing.ABSENT, "mcp server is not configured in any gateway", 0));
        List<String> alike = views.stream()
                .filter(view -> view.standing() == worst.standing())
                .map(View::pod)
                .sorted()
                .toList();
        boolean split = worst.standing() != Standing.READY
                && worst.standing() != Standing.NO_REPLICA
                && alike.size() < views.size();
        return new ServerVerdict(
                worst.standing() == Standing.READY,
                awaited,
                views.stream().allMatch(view -> view.standing().isKnown()),
                worst.standing().isUnderway(),
                split
                        ? "%s (%d of %d broker replicas%s)"
                                .formatted(worst.message(), alike.size(), views.size(), pods(worst, alike))
                        : worst.message(),
                views.stream().mapToInt(View::tools).min().orElse(0),
                views.stream().flatMap(view -> view.refusedSince().stream()).min(Comparator.naturalOrder()),
                views.stream()
                        .flatMap(view -> view.versions().stream())
                        .distinct()
                        .sorted()
                        .toList());
    }

    /** What only takes a moment changes from one pod to the next; naming them would be a status for each step. */
    private static String pods(View worst, List<String> alike) {
        return worst.standing().isUnderway() ? "" : ": " + BrokerFleet.named(alike);
    }

    /** The fleets of the placements, in their order. */
    static List<BrokerFleet> fleetsOf(List<Placement> placements, List<BrokerFleet> fleets) {
        return placements.stream().map(placement -> fleetOf(placement, fleets)).toList();
    }

    private static BrokerFleet fleetOf(Placement placement, List<BrokerFleet> fleets) {
        return fleets.stream()
                .filter(fleet -> fleet.extension().equals(placement.extension()))
                .findFirst()
                .orElseGet(() -> BrokerFleet.none(placement.extension(), ""));
    }

    private static View view(McpServer server, BrokerReplica replica, BrokerFleet fleet) {
        return switch (replica.answer()) {
            case BrokerReplica.Answer.Awaited _ -> absent();
            case BrokerReplica.Answer.Unreachable(String cause) ->
                new View(
                        Standing.UNREACHABLE,
                        "Validation failed: failed to get status from any broker endpoint: pod %s/%s: %s"
                                .formatted(fleet.extension().namespace(), replica.pod(), cause),
                        0);
            case BrokerReplica.Answer.Reported(StatusReport report) ->
                report.server(server.name())
                        .filter(status -> status.id().equals(server.id()) && status.enabled() == server.enabled())
                        .map(status -> view(server, status))
                        .orElseGet(ServerVerdict::absent);
        };
    }

    private static View view(McpServer server, ServerStatus status) {
        int withheld = status.pinning().map(PinningStatus::withheld).orElse(0);
        if (withheld > 0 && status.totals().tools() == 0) {
            boolean first = server.pinning().remembered().isEmpty()
                    && server.pinning().digests().isEmpty();
            return new View(
                    first ? Standing.CONNECTING : Standing.FAILED,
                    first
                            ? "the server's first list of tools (%d) is being approved; see the condition ToolsApproved"
                                    .formatted(withheld)
                            : "none of the tools that the server lists (%d) is approved; see the condition ToolsApproved"
                                    .formatted(withheld),
                    status);
        }
        return view(server, status, withheld);
    }

    private static View view(McpServer server, ServerStatus status, int withheld) {
        int tools = status.totals().tools();
        List<NameConflict> lost =
                status.conflicts().stream().filter(NameConflict::endsWithPrefix).toList();
        List<NameConflict> clashes = status.conflicts().stream()
                .filter(conflict -> !conflict.endsWithPrefix())
                .toList();
        String sameNames = lost.isEmpty()
                ? ""
                : "conflicting tools discovered: " + told(lost)
                        + "; give one of the registrations a spec.toolPrefix to tell them apart";
        if (!status.ready()) {
            return status.connecting()
                    ? new View(Standing.CONNECTING, status.message(), status)
                    : new View(
                            Standing.FAILED,
                            sameNames.isEmpty() ? status.message() + FailureAdvice.of(server, status) : sameNames,
                            status);
        }
        String message = "server added successfully. Total tools added " + tools + definitions(status);
        if (withheld > 0) {
            message += "; quarantined " + withheld + ", see the condition ToolsApproved";
        } else if (tools == 0 && status.invalidTools().isEmpty()) {
            message += "; the server offers no tools";
        }
        if (status.modernOnly()) {
            message += "; the server speaks only MCP " + String.join(", ", status.protocolVersions());
        }
        if (!sameNames.isEmpty()) {
            message += "; " + sameNames;
        }
        if (!clashes.isEmpty()) {
            message += "; resources of other servers under the same URI: " + told(clashes);
        }
        return new View(Standing.READY, message, status);
    }

    private static String definitions(ServerStatus status) {
        ServerStatus.DefinitionsStatus definitions = status.definitions();
        List<String> leftOut = new ArrayList<>();
        status.invalidTools().forEach(tool -> leftOut.add(described(tool.name(), tool.errors())));
        definitions.leftOut().forEach(other -> leftOut.add(described(other.name(), other.notes())));
        List<String> mended = definitions.mended().stream()
                .map(changed -> described(changed.name(), changed.notes()))
                .toList();
        List<String> doubtful = definitions.doubtful().stream()
                .map(name -> described(name.name(), name.notes()))
                .toList();
        return named("; left out as invalid: ", leftOut, definitions.totalLeftOut())
                + named("; changed so that every client can read it: ", mended, definitions.totalMended())
                + named("; names that some clients or models do not accept: ", doubtful, definitions.totalDoubtful());
    }

    private static String described(String name, List<String> notes) {
        return "%s (%s)".formatted(name, String.join(", ", notes));
    }

    private static String named(String title, List<String> some, int all) {
        if (some.isEmpty()) {
            return "";
        }
        int shown = Math.min(some.size(), MOST_NAMED);
        String more = all > shown ? " and " + (all - shown) + " more" : "";
        return title + String.join(", ", some.subList(0, shown)) + more;
    }

    private static String told(List<NameConflict> conflicts) {
        return conflicts.stream()
                .map(conflict -> "%s (kept by %s)".formatted(conflict.name(), conflict.keptBy()))
                .collect(Collectors.joining(", "));
    }

    private static View absent() {
        return new View(Standing.ABSENT, "mcp server is not present in gateway yet", 0);
    }

    private static String noReplica(BrokerFleet fleet) {
        return ("Validation failed: no broker endpoints available for MCPGatewayExtension %s; see kubectl get pods -n %s "
                        + "-l app=mcp-gateway")
                .formatted(fleet.extension(), fleet.extension().namespace());
    }
}
