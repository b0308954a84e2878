package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Optional;

/** An API server that permits nothing. */
final class ForbiddingRequests implements ApiRequests {
    @Override
    public <T extends HasMetadata> Optional<T> read(Class<T> type, ObjectKey key) {
        throw forbidden();
    }

    @Override
    public <T extends HasMetadata> T create(T object) {
        throw forbidden();
    }

    @Override
    public <T extends HasMetadata> T replace(T object) {
        throw forbidden();
    }

    @Override
    public void delete(HasMetadata object) {
        throw forbidden();
    }

    @Override
    public void patchStatus(HasMetadata object, String patch) {
        throw forbidden();
    }

    private static KubernetesClientException forbidden() {
        return new KubernetesClientException("forbidden", 403, null);
    }
}
