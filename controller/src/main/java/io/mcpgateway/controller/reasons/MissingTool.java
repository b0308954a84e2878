package io.mcpgateway.controller.reasons;

import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.reason.Reason;
import io.mcpgateway.api.contract.reason.ReasonCode;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why no client sees a tool that somebody names, as far as reports tell. A server that has the tool explains it; one whose
 * lists are not known only by its prefix.
 *
 * @param tool as clients would call it
 * @param object what causes it
 */
public record MissingTool(String tool, ReasonCode code, String object) {
    private static final Set<ReasonCode> NOT_RUNNING = EnumSet.of(ReasonCode.DISABLED, ReasonCode.NOT_DISCOVERED_YET);

    public MissingTool {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(object, "object");
    }

    /**
     * The best explanation of any broker.
     *
     * @param asker the object that names the tool; the cause if no server explains it
     */
    public static MissingTool of(String tool, List<StatusReport> reports, String asker) {
        return reports.stream()
                .flatMap(report -> report.servers().stream())
                .flatMap(server -> explained(tool, server))
                .min(Comparator.comparing(MissingTool::code).thenComparing(MissingTool::object))
                .or(() -> unknown(reports).map(server -> new MissingTool(tool, ReasonCode.NOT_DISCOVERED_YET, server)))
                .orElseGet(() -> new MissingTool(tool, ReasonCode.NOT_LISTED, asker));
    }

    /** The first server of which nothing is known yet; it may have the tool. */
    private static Optional<String> unknown(List<StatusReport> reports) {
        return reports.stream()
                .flatMap(report -> report.servers().stream())
                .filter(ServerStatus::connecting)
                .map(MissingTool::object)
                .min(Comparator.naturalOrder());
    }

    private static Stream<MissingTool> explained(String tool, ServerStatus server) {
        String prefix = server.toolPrefix();
        if (!tool.startsWith(prefix)) {
            return Stream.empty();
        }
        String own = tool.substring(prefix.length());
        if (server.invalidTools().stream().anyMatch(invalid -> invalid.name().equals(own))) {
            return Stream.of(new MissingTool(tool, ReasonCode.INVALID_DEFINITION, object(server)));
        }
        if (server.pinning()
                .filter(pinning -> pinning.withheld() > 0
                        && pinning.tools().stream()
                                .anyMatch(listed -> listed.name().equals(own)))
                .isPresent()) {
            return Stream.of(new MissingTool(tool, ReasonCode.QUARANTINED, object(server)));
        }
        boolean silent = !server.ready() && server.totals().equals(ServerStatus.Totals.NONE);
        return silent && !prefix.isEmpty()
                ? server.reasons().stream()
                        .map(Reason::code)
                        .filter(code -> code.isFailure() || NOT_RUNNING.contains(code))
                        .map(code -> new MissingTool(tool, code, object(server)))
                : Stream.empty();
    }

    private static String object(ServerStatus server) {
        return "server " + server.name();
    }

    /** Whether the name itself may be wrong. */
    public boolean isUnexplained() {
        return code == ReasonCode.NOT_LISTED;
    }

    /** For a message: {@code s1_greet (Unreachable, server team-a/weather)}, or the name alone. */
    public String described() {
        return isUnexplained() ? tool : "%s (%s, %s)".formatted(tool, code.word(), object);
    }
}
