package io.mcpgateway.controller.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.cluster.ApiRequests;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** An API server that knows names and resourceVersions only. */
public final class InMemoryRequests implements ApiRequests {
    private final Map<String, HasMetadata> objects = new TreeMap<>();
    private final List<String> patches = new ArrayList<>();
    private int version = 1;

    /** Puts an object there as somebody else would. */
    public synchronized <T extends HasMetadata> T put(T object) {
        object.getMetadata().setResourceVersion(String.valueOf(version++));
        objects.put(key(object), object);
        return object;
    }

    public synchronized <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public synchronized List<String> patches() {
        return List.copyOf(patches);
    }

    @Override
    public synchronized <T extends HasMetadata> Optional<T> read(Class<T> type, ObjectKey key) {
        return Optional.ofNullable(type.cast(objects.get(HasMetadata.getKind(type) + " " + key)));
    }

    @Override
    public synchronized <T extends HasMetadata> T create(T object) {
        if (objects.containsKey(key(object))) {
            throw refusal(409);
        }
        return put(object);
    }

    @Override
    public synchronized <T extends HasMetadata> T replace(T object) {
        check(object, 409);
        return put(object);
    }

    @Override
    public synchronized void delete(HasMetadata object) {
        if (objects.remove(key(object)) == null) {
            throw refusal(404);
        }
    }

    @Override
    public synchronized void patchStatus(HasMetadata object, String patch) {
        check(object, 422);
        patches.add(patch);
    }

    private void check(HasMetadata object, int code) {
        HasMetadata live = objects.get(key(object));
        if (live == null) {
            throw refusal(404);
        }
        if (!Objects.equals(
                live.getMetadata().getResourceVersion(), object.getMetadata().getResourceVersion())) {
            throw refusal(code);
        }
    }

    private static String key(HasMetadata object) {
        return object.getKind() + " " + ObjectKey.of(object);
    }

    private static KubernetesClientException refusal(int code) {
        return new KubernetesClientException("refused", code, null);
    }
}
