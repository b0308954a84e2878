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
        return replicas.stream()
                .map(BrokerReplica::answer)
                .flatMap(answer -> answer instanceof BrokerReplica.Answer.Reported(StatusReport report)
                        ? report.gatewayProblem().stream()
                        : Stream.empty())
                .findFirst();
    }

    /** Why a server, or what it lists, is not served, as any replica says. */
    public Stream<ReasonCode> reasons(ServerName server) {
        return replicas.stream()
                .map(BrokerReplica::answer)
                .flatMap(answer -> answer instanceof BrokerReplica.Answer.Reported(StatusReport report)
                        ? report.server(server).stream()
                        : Stream.empty())
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
        return "%d of %d ready broker replicas of MCPGatewayExtension %s run the current configuration"
                .formatted(running(), replicas.size(), extension);
    }

    private long running() {
        return replicas.stream().filter(replica -> replica.runs(configHash)).count();
    }
}
