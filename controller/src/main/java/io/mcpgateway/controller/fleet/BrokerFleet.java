package io.mcpgateway.controller.fleet;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.reason.Reason;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The brokers of one extension.
 *
 * @param configHash of the configuration that they should run ({@link io.mcpgateway.api.contract.ConfigHash})
 * @param replicas every ready pod; pods that are not ready get no requests and do not count
 */
public record BrokerFleet(ObjectKey extension, String configHash, List<BrokerReplica> replicas) {
    public BrokerFleet {
        Objects.requireNonNull(extension, "extension");
        Objects.requireNonNull(configHash, "configHash");
        replicas = List.copyOf(replicas);
    }

    /** How many pods a message names. */
    private static final int MOST_NAMED = 3;

    /** How many pods a status names. */
    private static final int MOST_LISTED = 10;

    /** Before any pod is ready. */
    public static BrokerFleet none(ObjectKey extension, String configHash) {
        return new BrokerFleet(extension, configHash, List.of());
    }

    /** Whether there is a ready replica and all of them run the configuration. */
    public boolean isProgrammed() {
        return !replicas.isEmpty() && running() == replicas.size();
    }

    /** Why calls through the gateway fail, if some replica knows that they do. */
    public Optional<String> gatewayProblem() {
        return reports().flatMap(report -> report.gatewayProblem().stream()).findFirst();
    }

    /** What the replicas reported last, of those that answer. */
    public Stream<StatusReport> reports() {
        return replicas.stream()
                .map(BrokerReplica::answer)
                .flatMap(answer -> answer instanceof BrokerReplica.Answer.Reported(StatusReport report)
                        ? Stream.of(report)
                        : Stream.empty());
    }

    /** Why a server, or what it lists, is not served, as any replica says. */
    public Stream<ReasonCode> reasons(ServerName server) {
        return reports()
                .flatMap(report -> report.server(server).stream())
                .flatMap(status -> status.reasons().stream())
                .map(Reason::code);
    }

    /** Whether some replica has not reported yet. */
    public boolean isAwaited() {
        return replicas.stream().anyMatch(replica -> replica.answer() instanceof BrokerReplica.Answer.Awaited);
    }

    /** How far the configuration has come, for a message. */
    public String progress() {
        if (replicas.isEmpty()) {
            return "no broker replica of MCPGatewayExtension %s is ready".formatted(extension);
        }
        return "%d of %d ready broker replicas of MCPGatewayExtension %s run the current configuration%s"
                .formatted(
                        running(), replicas.size(), extension, isProgrammed() ? "" : "; not yet: " + named(behind()));
    }

    /** The ready pods that are not known to run the configuration. */
    public List<String> behind() {
        return pods(replicas.stream().filter(replica -> !replica.runs(configHash)));
    }

    /** Names of pods in a stable order, so that the same pods are no news. */
    public static List<String> pods(Stream<BrokerReplica> replicas) {
        return replicas.map(BrokerReplica::pod).distinct().sorted().toList();
    }

    /** For a message: the first pods, and how many more there are. */
    public static String named(List<String> pods) {
        int shown = Math.min(pods.size(), MOST_NAMED);
        return String.join(", ", pods.subList(0, shown))
                + (pods.size() > shown ? " and " + (pods.size() - shown) + " more" : "");
    }

    /** For a status: the first pods of the fleets that are behind, with their namespaces. */
    public static List<String> pending(List<BrokerFleet> fleets) {
        return fleets.stream()
                .flatMap(fleet -> fleet.behind().stream()
                        .map(pod -> new ObjectKey(fleet.extension().namespace(), pod).toString()))
                .distinct()
                .limit(MOST_LISTED)
                .toList();
    }

    private long running() {
        return replicas.stream().filter(replica -> replica.runs(configHash)).count();
    }
}
