package io.mcpgateway.controller.registration;

import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.pinning.PinningMode;
import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.api.contract.pinning.ToolDigest;
import io.mcpgateway.controller.fleet.BrokerFleet;
import io.mcpgateway.controller.fleet.BrokerReplica;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the replicas report of a server's definitions.
 *
 * @param complete whether there is a replica, and every one reports them
 */
record PinningReports(List<PinningStatus> all, boolean complete) {
    PinningReports {
        all = List.copyOf(all);
    }

    static PinningReports of(List<Placement> placements, List<BrokerFleet> fleets) {
        List<PinningStatus> reports = new ArrayList<>();
        boolean complete = !placements.isEmpty();
        for (Placement placement : placements) {
            for (BrokerFleet fleet : ServerVerdict.fleetsOf(List.of(placement), fleets)) {
                complete &= !fleet.replicas().isEmpty();
                for (BrokerReplica replica : fleet.replicas()) {
                    Optional<PinningStatus> report = report(placement, replica);
                    complete &= report.isPresent();
                    report.ifPresent(reports::add);
                }
            }
        }
        return new PinningReports(reports, complete);
    }

    private static Optional<PinningStatus> report(Placement placement, BrokerReplica replica) {
        return replica.answer() instanceof BrokerReplica.Answer.Reported(StatusReport report)
                ? report.server(placement.server().name())
                        .filter(status -> status.id().equals(placement.server().id()) && status.enabled())
                        .flatMap(ServerStatus::pinning)
                : Optional.empty();
    }

    /** Whether every replica reports, and all the same. */
    boolean agreed() {
        return complete && lists().size() == 1;
    }

    /** How many replicas withhold unapproved tools. */
    int withholding() {
        return Math.toIntExact(all.stream()
                .filter(report -> report.mode() == PinningMode.QUARANTINE)
                .count());
    }

    /** The digests of the different lists. */
    List<String> lists() {
        return all.stream().map(PinningStatus::list).distinct().sorted().toList();
    }

    /** The different definitions that any replica reports. */
    List<ToolDigest> tools() {
        return all.stream()
                .flatMap(report -> report.tools().stream())
                .distinct()
                .toList();
    }
}
