package io.mcpgateway.controller.brokers;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.mcpgateway.controller.fleet.BrokerReplica;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Knows what every ready broker replica reports. One virtual thread per replica asks {@code /status} and waits there
 * until something changes, so changes are known at once and nothing is requested twice.
 */
public final class BrokerStatusClient implements AutoCloseable {
    /** Gets news on a thread of the client; must not block. */
    public interface Listener {
        /** A replica answers something else than before. */
        void answered(String namespace, BrokerReplica.Answer before, BrokerReplica.Answer after);

        /** Replicas came or went. */
        void replicasChanged(String namespace);
    }

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Listener listener;
    private final Function<String, List<EndpointSlice>> endpoints;
    private final Map<String, Map<String, ReplicaPoll>> polls = new HashMap<>();
    private boolean closed;

    /** @param endpoints all EndpointSlices of the broker's Service in a namespace, as they are now */
    public BrokerStatusClient(Listener listener, Function<String, List<EndpointSlice>> endpoints) {
        this.listener = listener;
        this.endpoints = endpoints;
    }

    /**
     * Starts and stops polls to match the ready replicas that a namespace has now. To be called when its EndpointSlices
     * change, and before anybody decides by {@link #replicas}: word of a change may come after the change itself.
     */
    public void follow(String namespace) {
        boolean changed;
        synchronized (polls) {
            if (closed) {
                return;
            }
            // Within the lock, so that no older answer is applied after a newer one.
            Map<String, URI> addresses = BrokerEndpoints.ready(endpoints.apply(namespace));
            Map<String, ReplicaPoll> present = polls.computeIfAbsent(namespace, _ -> new HashMap<>());
            changed = present.entrySet().removeIf(entry -> {
                boolean gone = !entry.getValue().address().equals(addresses.get(entry.getKey()));
                if (gone) {
                    entry.getValue().close();
                }
                return gone;
            });
            for (Map.Entry<String, URI> replica : addresses.entrySet()) {
                if (!present.containsKey(replica.getKey())) {
                    present.put(replica.getKey(), begin(namespace, replica.getKey(), replica.getValue()));
                    changed = true;
                }
            }
            if (present.isEmpty()) {
                polls.remove(namespace);
            }
        }
        if (changed) {
            listener.replicasChanged(namespace);
        }
    }

    /** The ready replicas of a namespace, by pod name, and what each said last. */
    public List<BrokerReplica> replicas(String namespace) {
        synchronized (polls) {
            return polls.getOrDefault(namespace, Map.of()).entrySet().stream()
                    .map(entry ->
                            new BrokerReplica(entry.getKey(), entry.getValue().answer()))
                    .sorted(Comparator.comparing(BrokerReplica::pod))
                    .toList();
        }
    }

    /** The namespaces that have a ready replica. */
    public Set<String> namespaces() {
        synchronized (polls) {
            return Set.copyOf(polls.keySet());
        }
    }

    @Override
    public void close() {
        synchronized (polls) {
            closed = true;
            polls.values().forEach(replicas -> replicas.values().forEach(ReplicaPoll::close));
            polls.clear();
        }
        client.shutdownNow();
    }

    private ReplicaPoll begin(String namespace, String pod, URI address) {
        ReplicaPoll poll =
                new ReplicaPoll(client, pod, address, (before, after) -> listener.answered(namespace, before, after));
        poll.start();
        return poll;
    }
}
