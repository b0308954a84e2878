package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watched copy of all objects of one kind, or of those with certain labels. The objects are shared: nobody may change
 * them. A watch that breaks is always started again. If its kind is deleted, it must be stopped, and started when
 * the kind is back.
 */
public final class KindCache<T extends HasMetadata> {
    private static final Logger log = LoggerFactory.getLogger(KindCache.class);
    private static final int FORBIDDEN = 403;

    private final KubernetesClient client;
    private final Class<T> type;
    private final Map<String, String> labels;
    private final Map<String, Function<T, List<String>>> indexes = new HashMap<>();
    private final List<ResourceEventHandler<T>> handlers = new ArrayList<>();
    private volatile @Nullable SharedIndexInformer<T> informer;
    private volatile boolean forbidden;

    KindCache(KubernetesClient client, Class<T> type, Map<String, String> labels) {
        this.client = client;
        this.type = type;
        this.labels = labels;
    }

    /** Must be called before the start. */
    KindCache<T> index(String name, Function<T, List<String>> values) {
        indexes.put(name, values);
        return this;
    }

    /** Calls this for every change, in order, on a thread of the informer; must not block. Set before the start. */
    KindCache<T> onChange(Consumer<Change<T>> listener) {
        handlers.add(new ResourceEventHandler<>() {
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

    /** Lists and watches from now on. */
    void start() {
        SharedIndexInformer<T> fresh = client.resources(type)
                .inAnyNamespace()
                .withLabels(labels)
                .runnableInformer(0)
                .addIndexers(indexes)
                .exceptionHandler((_, problem) -> failed(problem));
        handlers.forEach(fresh::addEventHandler);
        informer = fresh;
        forbidden = false;
        fresh.start();
    }

    /** It is tried again in any case. What is forbidden is said once for all kinds, by the monitor. */
    private boolean failed(Throwable problem) {
        forbidden = isForbidden(problem);
        if (!forbidden || isSynced()) {
            log.warn("watch failed, trying again kind={} cause={}", type.getSimpleName(), problem.toString());
        }
        return true;
    }

    private static boolean isForbidden(@Nullable Throwable problem) {
        return problem != null
                && ((problem instanceof KubernetesClientException refusal && refusal.getCode() == FORBIDDEN)
                        || isForbidden(problem.getCause()));
    }

    /** The verb and resource that the API server forbids, if that is why there is no copy yet. */
    Optional<String> forbidden() {
        return forbidden && !isSynced()
                ? Optional.of("list and watch %s in all namespaces".formatted(HasMetadata.getFullResourceName(type)))
                : Optional.empty();
    }

    /** Forgets everything, as if it had never been started: the kind was deleted, which its watch may not report. */
    void stop() {
        SharedIndexInformer<T> old = informer;
        informer = null;
        if (old != null) {
            old.stop();
        }
    }

    Class<T> type() {
        return type;
    }

    boolean isStarted() {
        return informer != null;
    }

    /** Whether the copy was complete once. */
    boolean isSynced() {
        SharedIndexInformer<T> current = informer;
        return current != null && current.hasSynced();
    }

    public Optional<T> get(ObjectKey key) {
        return byStoreKey(Cache.namespaceKeyFunc(key.namespace(), key.name()));
    }

    /** An object of a kind without namespaces. */
    public Optional<T> get(String name) {
        return byStoreKey(name);
    }

    public List<T> all() {
        SharedIndexInformer<T> current = informer;
        return current == null ? List.of() : current.getStore().list();
    }

    public List<T> inNamespace(String namespace) {
        return byIndex(Cache.NAMESPACE_INDEX, namespace);
    }

    /** Those that refer to another object. */
    public List<T> byIndex(String index, ObjectKey referred) {
        return byIndex(index, referred.toString());
    }

    public List<T> byIndex(String index, String value) {
        SharedIndexInformer<T> current = informer;
        return current == null ? List.of() : current.getIndexer().byIndex(index, value);
    }

    private Optional<T> byStoreKey(String key) {
        SharedIndexInformer<T> current = informer;
        return current == null
                ? Optional.empty()
                : Optional.ofNullable(current.getStore().getByKey(key));
    }
}
