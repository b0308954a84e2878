package io.mcpgateway.controller;

import io.fabric8.kubernetes.api.model.Condition;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.controller.brokers.BrokerStatusClient;
import io.mcpgateway.controller.brokers.ConfigSecretStore;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.fleet.BrokerReplica;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What there is in the cluster now, counted from the watched copies whenever the metrics are read. No label names an
 * object, so the number of series does not depend on the cluster.
 */
record ClusterGauges(ClusterReader reader, BrokerStatusClient brokers, ConfigSecretStore configs) {
    private static final List<String> READY = List.of("True", "False", "Unknown");

    /** Where a ready broker pod stands. */
    enum ReplicaState {
        /** It runs the configuration that was written last. */
        CURRENT,
        /** It runs another one. */
        OUTDATED,
        /** Its {@code /status} does not answer. */
        UNREACHABLE,
        /** Nothing is known yet, of the pod or of what it should run. */
        AWAITED;

        static ReplicaState of(BrokerReplica replica, Optional<String> wanted) {
            return switch (replica.answer()) {
                case BrokerReplica.Answer.Unreachable _ -> UNREACHABLE;
                case BrokerReplica.Answer.Awaited _ -> AWAITED;
                case BrokerReplica.Answer.Reported(StatusReport report) ->
                    wanted.map(hash -> hash.equals(report.configHash()) ? CURRENT : OUTDATED)
                            .orElse(AWAITED);
            };
        }
    }

    void register(MeterRegistry registry) {
        objects(
                registry,
                "MCPGatewayExtension",
                () -> reader.extensions().stream()
                        .map(object -> object.getStatus() == null
                                ? List.of()
                                : object.getStatus().conditions()));
        objects(
                registry,
                "MCPServerRegistration",
                () -> reader.registrations().stream()
                        .map(object -> object.getStatus() == null
                                ? List.of()
                                : object.getStatus().conditions()));
        objects(
                registry,
                "MCPVirtualServer",
                () -> reader.virtualServers().stream()
                        .map(object -> object.getStatus() == null
                                ? List.of()
                                : object.getStatus().conditions()));
        for (ReplicaState state : ReplicaState.values()) {
            Gauge.builder("mcp_controller_broker_replicas", () -> replicas(state))
                    .description("Ready broker pods by whether they run the newest configuration")
                    .tags("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private static void objects(MeterRegistry registry, String kind, Supplier<Stream<List<Condition>>> conditions) {
        for (String status : READY) {
            Gauge.builder(
                            "mcp_controller_objects",
                            () -> conditions
                                    .get()
                                    .filter(list -> ready(list).equals(status))
                                    .count())
                    .description("Objects in the cluster by kind and by the status of their condition Ready")
                    .tags("kind", kind, "ready", status)
                    .register(registry);
        }
    }

    /** The status of the condition Ready; {@code Unknown} where there is none. */
    static String ready(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> ConditionType.READY.equals(condition.getType()))
                .map(Condition::getStatus)
                .filter(READY::contains)
                .findFirst()
                .orElse("Unknown");
    }

    private long replicas(ReplicaState state) {
        return brokers.namespaces().stream()
                .flatMap(namespace -> {
                    Optional<String> wanted = configs.knownHash(namespace);
                    return brokers.replicas(namespace).stream().map(replica -> ReplicaState.of(replica, wanted));
                })
                .filter(found -> found == state)
                .count();
    }
}
