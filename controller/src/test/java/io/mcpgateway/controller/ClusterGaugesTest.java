package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.controller.ClusterGauges.ReplicaState;
import io.mcpgateway.controller.brokers.BrokerStatusClient;
import io.mcpgateway.controller.brokers.ConfigSecretStore;
import io.mcpgateway.controller.brokers.Deliveries;
import io.mcpgateway.controller.cluster.ApiRequests;
import io.mcpgateway.controller.cluster.ClientApiRequests;
import io.mcpgateway.controller.cluster.ClusterCaches;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.ObjectWriter;
import io.mcpgateway.controller.cluster.UnlabelledSecrets;
import io.mcpgateway.controller.fleet.BrokerReplica;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterGaugesTest {
    /** Every metric of ours with its labels is on the page, and nothing else. */
    @Test
    void thePageTellsWhatThereIs() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        BrokerStatusClient.Listener nobody = new BrokerStatusClient.Listener() {
            @Override
            public void answered(String namespace, BrokerReplica.Answer before, BrokerReplica.Answer after) {}

            @Override
            public void replicasChanged(String namespace) {}
        };
        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(Config.empty()).build();
                BrokerStatusClient brokers = new BrokerStatusClient(nobody, _ -> List.of())) {
            ApiRequests requests = new ClientApiRequests(client);
            ClusterReader reader =
                    new ClusterReader(new ClusterCaches(client), new UnlabelledSecrets(requests, Clock.systemUTC()));
            ConfigSecretStore configs = new ConfigSecretStore(reader, new ObjectWriter(requests), (_, _, _) -> {});
            new ClusterGauges(reader, brokers, configs).register(registry);
            new Deliveries(registry, _ -> List.of(), () -> 0);

            assertThat(registry.getMeters())
                    .allSatisfy(meter -> assertThat(meter.measure())
                            .allSatisfy(
                                    measured -> assertThat(measured.getValue()).isZero()));
        }
        String page = Files.readString(Path.of("..").resolve("docs/observability.md"));
        Map<String, Set<String>> documented = new TreeMap<>();
        Pattern.compile("^\\| `(mcp_controller_\\w+)` \\| (.*?) \\|", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .forEach(row -> documented.put(
                        row.group(1).replaceFirst("_seconds$", ""),
                        Pattern.compile("`(\\w+)`")
                                .matcher(row.group(2))
                                .results()
                                .map(label -> label.group(1))
                                .collect(Collectors.toCollection(TreeSet::new))));
        Map<String, Set<String>> registered = new TreeMap<>();
        // A simple registry has a gauge for each bucket of a histogram.
        registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> !id.getName().endsWith(".histogram"))
                .forEach(id -> registered.put(
                        id.getName(),
                        id.getTags().stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new))));
        assertThat(registered).isEqualTo(documented);
    }

    @Test
    void anObjectCountsByItsConditionReady() {
        assertThat(ClusterGauges.ready(List.of())).isEqualTo("Unknown");
        assertThat(ready("Accepted", "True")).isEqualTo("Unknown");
        assertThat(ready("Ready", "True")).isEqualTo("True");
        assertThat(ready("Ready", "False")).isEqualTo("False");
        assertThat(ready("Ready", "perhaps")).isEqualTo("Unknown");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"aa, aa, CURRENT", "aa, bb, OUTDATED", "aa, -, AWAITED"})
    void aReplicaIsCurrentIfItRunsWhatWasWritten(String runs, String written, ReplicaState state) {
        BrokerReplica replica = new BrokerReplica(
                "pod", new BrokerReplica.Answer.Reported(new StatusReport(1, runs, List.of(), Instant.EPOCH)));

        assertThat(ReplicaState.of(replica, Optional.ofNullable(written))).isEqualTo(state);
    }

    @Test
    void aReplicaThatDoesNotAnswerIsNotOutdated() {
        assertThat(ReplicaState.of(
                        new BrokerReplica("pod", new BrokerReplica.Answer.Unreachable("refused")), Optional.of("aa")))
                .isEqualTo(ReplicaState.UNREACHABLE);
        assertThat(ReplicaState.of(new BrokerReplica("pod", new BrokerReplica.Answer.Awaited()), Optional.of("aa")))
                .isEqualTo(ReplicaState.AWAITED);
    }

    private static String ready(String type, String status) {
        return ClusterGauges.ready(
                List.of(new ConditionBuilder().withType(type).withStatus(status).build()));
    }
}
