package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Optional;

/**
 * Single requests to the API server. Refusals come as {@link io.fabric8.kubernetes.client.KubernetesClientException}
 * with the HTTP status as its code.
 */
public interface ApiRequests {
    /** Asks the API server, not a copy; empty if the object or the kind does not exist. */
    <T extends HasMetadata> Optional<T> read(Class<T> type, ObjectKey key);

    /** 409 if it exists. */
    <T extends HasMetadata> T create(T object);

    /** 409 if the object changed since it had the given one's resourceVersion, 404 if it is gone. */
    <T extends HasMetadata> T replace(T object);

    /** 404 if it is gone. */
    void delete(HasMetadata object);

    /** A JSON patch (RFC 6902) of the status; 422 if a {@code test} in it fails. */
    void patchStatus(HasMetadata object, String patch);
}
