package io.mcpgateway.controller;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.mcpgateway.controller.brokers.BrokerFleets;
import io.mcpgateway.controller.brokers.BrokerNews;
import io.mcpgateway.controller.brokers.BrokerStatusClient;
import io.mcpgateway.controller.brokers.ConfigSecretStore;
import io.mcpgateway.controller.brokers.Deliveries;
import io.mcpgateway.controller.brokers.DeliveryWaits;
import io.mcpgateway.controller.cluster.ApiRequests;
import io.mcpgateway.controller.cluster.ClusterCaches;
import io.mcpgateway.controller.cluster.ClusterMonitor;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.EventWriter;
import io.mcpgateway.controller.cluster.InboundQueue;
import io.mcpgateway.controller.cluster.ObjectWriter;
import io.mcpgateway.controller.cluster.StatusWriter;
import io.mcpgateway.controller.cluster.Triggers;
import io.mcpgateway.controller.cluster.UnlabelledSecrets;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Creates everything that talks to the cluster, once per process, and connects it. */
final class ClusterWiring implements AutoCloseable {
    private final ApiRequests requests;
    private final ClusterCaches caches;
    private final ClusterReader reader;
    private final ObjectWriter writer;
    private final InboundQueue queue = new InboundQueue();
    private final BrokerStatusClient brokers;
    private final ConfigSecretStore configs;
    private final BrokerFleets fleets;
    private final EventWriter events;
    private final ClusterMonitor monitor;

    /**
     * Everything, not started.
     *
     * @param requests how single requests reach the API server of {@code client}
     * @param onOurKinds called when our own kinds are served and reconcilers may start, again if it failed
     */
    ClusterWiring(
            KubernetesClient client, ApiRequests requests, MeterRegistry registry, Clock clock, Runnable onOurKinds) {
        this.requests = requests;
        caches = new ClusterCaches(client);
        reader = new ClusterReader(caches, new UnlabelledSecrets(requests, clock));
        writer = new ObjectWriter(requests);
        Triggers triggers = new Triggers(caches, queue);
        AtomicReference<BrokerStatusClient> asked = new AtomicReference<>();
        Deliveries deliveries = new Deliveries(
                registry,
                namespace -> asked.get() == null ? List.of() : asked.get().replicas(namespace),
                System::nanoTime);
        DeliveryWaits waits = new DeliveryWaits();
        BrokerNews news = new BrokerNews(triggers, queue, deliveries, waits);
        brokers = new BrokerStatusClient(news, caches::brokerEndpoints);
        asked.set(brokers);
        configs = new ConfigSecretStore(reader, writer, news);
        fleets = new BrokerFleets(configs, brokers, waits);
        events = new EventWriter(requests, clock);
        new ClusterGauges(reader, brokers, configs).register(registry);
        monitor = new ClusterMonitor(client, caches, onOurKinds, triggers::all);
        triggers.listen();
        caches.onBrokerEndpoints(brokers::follow);
    }

    void start() {
        events.start();
        monitor.start();
    }

    ApiRequests requests() {
        return requests;
    }

    ClusterReader reader() {
        return reader;
    }

    ObjectWriter writer() {
        return writer;
    }

    StatusWriter statuses() {
        return new StatusWriter(requests, events);
    }

    InboundQueue queue() {
        return queue;
    }

    ConfigSecretStore configs() {
        return configs;
    }

    BrokerFleets fleets() {
        return fleets;
    }

    ClusterMonitor monitor() {
        return monitor;
    }

    @Override
    public void close() {
        monitor.close();
        brokers.close();
        events.close();
        caches.close();
    }
}
