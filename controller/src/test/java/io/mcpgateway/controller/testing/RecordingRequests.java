package io.mcpgateway.controller.testing;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.cluster.ApiRequests;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes requests on, remembers the writes, can refuse some, and can stop passing them on: a controller that is killed there. */
public final class RecordingRequests implements ApiRequests {
    private final ApiRequests requests;
    private final int limit;
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile Map<String, String> refused = Map.of();

    /** @param limit how many writes are passed on before all fail */
    public RecordingRequests(ApiRequests requests, int limit) {
        this.requests = requests;
        this.limit = limit;
    }

    /** {@code verb kind namespace/name}, in order, without Events and without patches of an outdated object. */
    public List<String> writes() {
        return List.copyOf(writes);
    }

    /** From now on, no object of these kinds is accepted: by kind, the message of an admission webhook. */
    public void refuse(Map<String, String> messageByKind) {
        refused = Map.copyOf(messageByKind);
    }

    /** Reads and writes so far, without Events. */
    public int count() {
        return count.get();
    }

    /** Whether a write was refused because of the limit. */
    public boolean isDead() {
        return writes.size() > limit;
    }

    @Override
    public <T extends HasMetadata> Optional<T> read(Class<T> type, ObjectKey key) {
        count.incrementAndGet();
        return requests.read(type, key);
    }

    @Override
    public <T extends HasMetadata> T create(T object) {
        record("create", object);
        return requests.create(object);
    }

    @Override
    public <T extends HasMetadata> T replace(T object) {
        record("replace", object);
        return requests.replace(object);
    }

    @Override
    public void delete(HasMetadata object) {
        record("delete", object);
        requests.delete(object);
    }

    @Override
    public void patchStatus(HasMetadata object, String patch) {
        refuseOutdated(object);
        record("patchStatus", object);
        requests.patchStatus(object, patch);
    }

    /** So that a patch which the server would refuse does not count as a write. */
    private void refuseOutdated(HasMetadata object) {
        String now = requests.read(object.getClass(), ObjectKey.of(object))
                .map(live -> live.getMetadata().getResourceVersion())
                .orElse("");
        if (!now.equals(object.getMetadata().getResourceVersion())) {
            throw new KubernetesClientException("the test in the patch failed", now.isEmpty() ? 404 : 422, null);
        }
    }

    private synchronized void record(String verb, HasMetadata object) {
        if (object instanceof Event) {
            return;
        }
        count.incrementAndGet();
        writes.add(verb + " " + object.getKind() + " " + ObjectKey.of(object));
        String message = refused.get(object.getKind());
        if (message != null) {
            throw new KubernetesClientException(
                    new StatusBuilder().withCode(403).withMessage(message).build());
        }
        if (writes.size() > limit) {
            throw new KubernetesClientException("killed here");
        }
    }
}
