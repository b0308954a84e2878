package io.mcpgateway.controller.registration;

import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.api.v1alpha1.reason.ReasonStatus;
import io.mcpgateway.controller.fleet.BrokerFleet;
import io.mcpgateway.controller.fleet.BrokerReplica;
import io.mcpgateway.controller.reasons.ReasonDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why a server, or something that it lists, is not served, as its replicas say.
 *
 * @param reports of the replicas that have the server as configured
 */
record ServerReasons(List<ServerStatus> reports) {
    /** The reasons that count definitions. */
    private static final Set<String> OF_DEFINITIONS = Set.of(
            ReasonCode.NAME_CONFLICT.word(), ReasonCode.INVALID_DEFINITION.word(), ReasonCode.QUARANTINED.word());

    ServerReasons {
        reports = List.copyOf(reports);
    }

    static ServerReasons of(List<Placement> placements, List<BrokerFleet> fleets) {
        List<ServerStatus> reports = new ArrayList<>();
        for (Placement placement : placements) {
            ServerVerdict.fleetsOf(List.of(placement), fleets).stream()
                    .flatMap(fleet -> fleet.replicas().stream())
                    .flatMap(replica -> report(placement, replica))
                    .forEach(reports::add);
        }
        return new ServerReasons(reports);
    }

    private static Stream<ServerStatus> report(Placement placement, BrokerReplica replica) {
        return replica.answer() instanceof BrokerReplica.Answer.Reported(StatusReport report)
                ? report
                        .server(placement.server().name())
                        .filter(status -> status.id().equals(placement.server().id())
                                && status.enabled() == placement.server().enabled())
                        .stream()
                : Stream.empty();
    }

    List<ReasonStatus> all() {
        return ReasonDetails.joined(reports.stream()
                .flatMap(report -> ReasonDetails.of(report).stream())
                .toList());
    }

    /** How many of its tools, prompts and resources are not served. */
    int notServed() {
        return reports.stream()
                .mapToInt(report -> ReasonDetails.of(report).stream()
                        .filter(reason -> OF_DEFINITIONS.contains(reason.code()))
                        .mapToInt(ReasonStatus::count)
                        .sum())
                .max()
                .orElse(0);
    }

    /**
     * When the server last answered, if no replica gets an answer from it now. It is read once for each outage: as long as
     * the server answers, the time would change with every check.
     *
     * @param before what the status says so far; brokers that have been restarted do not know it any more
     */
    Optional<Instant> lastSeen(Optional<Instant> before) {
        if (reports.stream().anyMatch(ServerReasons::answers)) {
            return Optional.empty();
        }
        return Stream.concat(before.stream(), reports.stream().flatMap(report -> report.lastValidated().stream()))
                .max(Comparator.naturalOrder());
    }

    private static boolean answers(ServerStatus report) {
        return report.enabled()
                && !report.connecting()
                && (report.ready() || report.failure().isEmpty());
    }
}
