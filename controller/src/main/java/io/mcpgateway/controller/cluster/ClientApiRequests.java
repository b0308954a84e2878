package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link ApiRequests} by the fabric8 client. */
public final class ClientApiRequests implements ApiRequests {
    private static final Logger log = LoggerFactory.getLogger(ClientApiRequests.class);
    private static final String FIELD_MANAGER = "mcp-gateway-controller";

    private final KubernetesClient client;

    public ClientApiRequests(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public <T extends HasMetadata> Optional<T> read(Class<T> type, ObjectKey key) {
        return Optional.ofNullable(client.resources(type)
                .inNamespace(key.namespace())
                .withName(key.name())
                .get());
    }

    @Override
    public <T extends HasMetadata> T create(T object) {
        T created = client.resource(object).create();
        if (!(object instanceof Event)) {
            log.info("created kind={} object={}", object.getKind(), ObjectKey.of(object));
        }
        return created;
    }

    @Override
    public <T extends HasMetadata> T replace(T object) {
        T replaced = client.resource(object).update();
        log.info("corrected kind={} object={}", object.getKind(), ObjectKey.of(object));
        return replaced;
    }

    @Override
    public void delete(HasMetadata object) {
        List<?> gone = client.resource(object).delete();
        if (!gone.isEmpty()) {
            log.info("deleted kind={} object={}", object.getKind(), ObjectKey.of(object));
        }
    }

    @Override
    public void patchStatus(HasMetadata object, String patch) {
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager(FIELD_MANAGER)
                .build();
        client.resource(object).subresource("status").patch(context, patch);
        log.debug("patched status kind={} object={}", object.getKind(), ObjectKey.of(object));
    }
}
