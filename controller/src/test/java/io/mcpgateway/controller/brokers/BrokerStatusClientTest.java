package io.mcpgateway.controller.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ConfigHash;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.controller.cluster.ApiRequests;
import io.mcpgateway.controller.cluster.ClientApiRequests;
import io.mcpgateway.controller.cluster.ClusterCaches;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.ObjectWriter;
import io.mcpgateway.controller.cluster.UnlabelledSecrets;
import io.mcpgateway.controller.fleet.BrokerReplica;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.testing.FakeBroker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrokerStatusClientTest {
    private static final String DOCUMENT = ConfigYaml.print(BrokerConfig.EMPTY);

    private final FakeBroker broker = new FakeBroker();
    private final List<String> news = new CopyOnWriteArrayList<>();
    private volatile List<EndpointSlice> slices = List.of(ready(broker.port()));
    private final BrokerStatusClient client = new BrokerStatusClient(
            new BrokerStatusClient.Listener() {
                @Override
                public void answered(String namespace, BrokerReplica.Answer before, BrokerReplica.Answer after) {
                    news.add("answer");
                }

                @Override
                public void replicasChanged(String namespace) {
                    news.add("replicas");
                }
            },
            _ -> slices);

    @AfterEach
    void end() {
        client.close();
        broker.close();
    }

    @Test
    void aNewReplicaIsAskedAndItsChangesArriveByLongPoll() {
        client.follow("ns");
        assertThat(news).contains("replicas");
        await().until(() -> answer() instanceof BrokerReplica.Answer.Reported);
        int asked = broker.requests();

        broker.run(DOCUMENT);

        await().atMost(Duration.ofSeconds(5))
                .until(() -> answer() instanceof BrokerReplica.Answer.Reported(var report)
                        && report.configHash().equals(ConfigHash.of(DOCUMENT)));
        assertThat(broker.requests()).isLessThanOrEqualTo(asked + 2);
    }

    @Test
    void aReplicaThatDoesNotListenIsUnreachable() {
        broker.close();

        client.follow("ns");

        await().until(() -> answer() instanceof BrokerReplica.Answer.Unreachable);
    }

    @Test
    void newsThatWereNotTakenAreToldAgain() {
        AtomicInteger told = new AtomicInteger();
        BrokerStatusClient.Listener failing = new BrokerStatusClient.Listener() {
            @Override
            public void answered(String namespace, BrokerReplica.Answer before, BrokerReplica.Answer after) {
                if (told.incrementAndGet() < 3) {
                    throw new IllegalStateException("a defect of ours, in a test");
                }
            }

            @Override
            public void replicasChanged(String namespace) {}
        };
        try (BrokerStatusClient asking = new BrokerStatusClient(failing, _ -> slices)) {
            asking.follow("ns");

            await().until(() -> told.get() == 3);
            await().until(() -> asking.replicas("ns").getFirst().answer() instanceof BrokerReplica.Answer.Reported);
        }
    }

    @Test
    void aReplicaThatIsGoneIsForgotten() {
        client.follow("ns");
        await().until(() -> answer() instanceof BrokerReplica.Answer.Reported);
        news.clear();

        slices = List.of();
        client.follow("ns");

        assertThat(client.replicas("ns")).isEmpty();
        assertThat(news).containsExactly("replicas");
    }

    @Test
    void theSameReplicasAreNoNews() {
        client.follow("ns");
        await().until(() -> answer() instanceof BrokerReplica.Answer.Reported);
        news.clear();

        client.follow("ns");

        assertThat(news).isEmpty();
    }

    private BrokerReplica.Answer answer() {
        return client.replicas("ns").getFirst().answer();
    }

    /** Whoever reconciles may look before word of a change has come. */
    @Test
    void theFleetIsTheOneOfTheWatchedCopyEvenIfNobodyToldOfIt() {
        try (KubernetesClient cluster =
                new KubernetesClientBuilder().withConfig(Config.empty()).build()) {
            ApiRequests requests = new ClientApiRequests(cluster);
            ClusterReader reader =
                    new ClusterReader(new ClusterCaches(cluster), new UnlabelledSecrets(requests, Clock.systemUTC()));
            ConfigSecretStore configs = new ConfigSecretStore(reader, new ObjectWriter(requests), (_, _, _) -> {});
            BrokerFleets fleets = new BrokerFleets(configs, client, new DeliveryWaits());

            assertThat(fleets.of(new ObjectKey("ns", "mcp")).isAwaited()).isTrue();
            await().until(() -> answer() instanceof BrokerReplica.Answer.Reported);

            slices = List.of();
            assertThat(fleets.of(new ObjectKey("ns", "mcp")).replicas()).isEmpty();
        }
    }

    private static EndpointSlice ready(int port) {
        return new EndpointSliceBuilder()
                .addNewEndpoint()
                .withAddresses("127.0.0.1")
                .withNewTargetRef()
                .withName("pod")
                .endTargetRef()
                .endEndpoint()
                .addNewPort()
                .withName("http")
                .withPort(port)
                .endPort()
                .build();
    }
}
