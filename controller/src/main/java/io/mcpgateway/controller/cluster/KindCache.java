package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watched copy of all objects of one kind, or of those with certain labels. The objects are shared: nobody may change
 * them. A watch that breaks is begun again for ever, also when the kind itself is gone for a while.
 */
public final class KindCache<T extends HasMetadata> {
    private static final Logger log = LoggerFactory.getLogger(KindCache.class);

    private final Class<T> type;
    private final SharedIndexInformer<T> informer;
    private volatile boolean started;

    KindCache(KubernetesClient client, Class<T> type, Map<String, String> labels) {
        this.type = type;
        this.informer = client.resources(type)
                .inAnyNamespace()
                .withLabels(labels)
                .runnableInformer(0)
                .exceptionHandler((_, problem) -> {
                    log.warn("watch failed, trying again kind={} cause={}", type.getSimpleName(), problem.toString());
                    return true;
                });
    }

    /** Must be called before the start. */
    KindCache<T> index(String name, Function<T, List<String>> values) {
        informer.addIndexers(Map.of(name, values));
        return this;
    }

    /** Calls back for every change, in order, on a thread of the informer; must not block. */
    KindCache<T> onChange(Consumer<Change<T>> listener) {
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                listener.accept(new Change<>(null, object));
            }

            @Override
            public void onUpdate(T before, T after) {
                listener.accept(new Change<>(before, after));
            }

            @Override
            public void onDelete(T object, boolean finalStateUnknown) {
                listener.accept(new Change<>(object, null));
            }
        });
        return this;
    }

    void start() {
        started = true;
        informer.start();
    }

    void stop() {
        informer.stop();
    }

    Class<T> type() {
        return type;
    }

    boolean isStarted() {
        return started;
    }

    /** Whether the copy was complete once. */
    boolean isSynced() {
        return started && informer.hasSynced();
    }

    public Optional<T> get(ObjectKey key) {
        return byStoreKey(Cache.namespaceKeyFunc(key.namespace(), key.name()));
    }

    /** An object of a kind without namespaces. */
    public Optional<T> get(String name) {
        return byStoreKey(name);
    }

    public List<T> all() {
        return informer.getStore().list();
    }

    public List<T> inNamespace(String namespace) {
        return byIndex(Cache.NAMESPACE_INDEX, namespace);
    }

    public List<T> byIndex(String index, String value) {
        return informer.getIndexer().byIndex(index, value);
    }

    private Optional<T> byStoreKey(String key) {
        return Optional.ofNullable(informer.getStore().getByKey(key));
    }
}
