package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Creates what talks to the cluster, once per process, and connects who tells whom. */
public final class ClusterWiring implements AutoCloseable {
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
    public ClusterWiring(
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
        brokers = new BrokerStatusClient(news);
        asked.set(brokers);
        configs = new ConfigSecretStore(reader, writer, news);
        fleets = new BrokerFleets(configs, brokers, waits);
        events = new EventWriter(requests, clock);
        monitor = new ClusterMonitor(client, caches, onOurKinds, triggers::all);
        triggers.listen();
        caches.brokerEndpoints.onChange(change -> brokers.replicas(
                change.namespace(), BrokerEndpoints.ready(caches.brokerEndpoints.inNamespace(change.namespace()))));
    }

    public void start() {
        events.start();
        monitor.start();
    }

    public ApiRequests requests() {
        return requests;
    }

    public ClusterReader reader() {
        return reader;
    }

    public ObjectWriter writer() {
        return writer;
    }

    public StatusWriter statuses() {
        return new StatusWriter(requests, events);
    }

    public InboundQueue queue() {
        return queue;
    }

    public ConfigSecretStore configs() {
        return configs;
    }

    public BrokerFleets fleets() {
        return fleets;
    }

    public ClusterMonitor monitor() {
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
