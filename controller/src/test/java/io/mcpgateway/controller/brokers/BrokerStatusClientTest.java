package io.mcpgateway.controller.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ConfigHash;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.controller.fleet.BrokerReplica;
import io.mcpgateway.controller.testing.FakeBroker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrokerStatusClientTest {
    private static final String DOCUMENT = ConfigYaml.print(BrokerConfig.EMPTY);

    private final FakeBroker broker = new FakeBroker();
    private final List<String> news = new CopyOnWriteArrayList<>();
    private final BrokerStatusClient client = new BrokerStatusClient(new BrokerStatusClient.Listener() {
        @Override
        public void answered(String namespace, BrokerReplica.Answer before, BrokerReplica.Answer after) {
            news.add("answer");
        }

        @Override
        public void replicasChanged(String namespace) {
            news.add("replicas");
        }
    });

    @AfterEach
    void end() {
        client.close();
        broker.close();
    }

    @Test
    void aNewReplicaIsAskedAndItsChangesArriveByLongPoll() {
        client.replicas("ns", Map.of("pod", address(broker.port())));
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

        client.replicas("ns", Map.of("pod", address(broker.port())));

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
        try (BrokerStatusClient asking = new BrokerStatusClient(failing)) {
            asking.replicas("ns", Map.of("pod", address(broker.port())));

            await().until(() -> told.get() == 3);
            await().until(() -> asking.replicas("ns").getFirst().answer() instanceof BrokerReplica.Answer.Reported);
        }
    }

    @Test
    void aReplicaThatIsGoneIsForgotten() {
        client.replicas("ns", Map.of("pod", address(broker.port())));
        await().until(() -> answer() instanceof BrokerReplica.Answer.Reported);
        news.clear();

        client.replicas("ns", Map.of());

        assertThat(client.replicas("ns")).isEmpty();
        assertThat(news).containsExactly("replicas");
    }

    @Test
    void theSameReplicasAreNoNews() {
        client.replicas("ns", Map.of("pod", address(broker.port())));
        await().until(() -> answer() instanceof BrokerReplica.Answer.Reported);
        news.clear();

        client.replicas("ns", Map.of("pod", address(broker.port())));

        assertThat(news).isEmpty();
    }

    private BrokerReplica.Answer answer() {
        return client.replicas("ns").getFirst().answer();
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
