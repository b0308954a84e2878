package io.mcpgateway.controller.installation;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.api.v1alpha1.McpApi;
import io.mcpgateway.controller.cluster.VersionedPatch;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster's objects of our kinds, requested from the API server each time. */
final class OwnObjects {
    private static final Logger log = LoggerFactory.getLogger(OwnObjects.class);

    private static final List<Class<? extends HasMetadata>> KINDS =
            List.of(MCPGatewayExtension.class, MCPServerRegistration.class, MCPVirtualServer.class);

    private final KubernetesClient client;

    OwnObjects(KubernetesClient client) {
        this.client = client;
    }

    /** Those that wait for our finalizer; none of a kind that is not served any more. */
    List<HasMetadata> held() {
        List<HasMetadata> held = new ArrayList<>();
        for (Class<? extends HasMetadata> kind : KINDS) {
            list(kind).stream()
                    .filter(object -> object.getMetadata().getFinalizers().contains(McpApi.FINALIZER))
                    .forEach(held::add);
        }
        return held;
    }

    static boolean isBeingDeleted(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    /** Takes our finalizer off an object; somebody else's stay. */
    void letGo(HasMetadata object) {
        ObjectMeta metadata = object.getMetadata();
        List<String> others = metadata.getFinalizers().stream()
                .filter(finalizer -> !McpApi.FINALIZER.equals(finalizer))
                .toList();
        VersionedPatch patch = new VersionedPatch(object).put("/metadata/finalizers", others);
        try {
            client.resource(object).patch(PatchContext.of(PatchType.JSON), patch.toString());
            log.info(
                    "finalizer removed kind={} object={}/{}",
                    object.getKind(),
                    metadata.getNamespace(),
                    metadata.getName());
        } catch (KubernetesClientException refused) {
            // Gone, or changed meanwhile; the caller looks again.
            if (!VersionedPatch.isOutdated(refused)) {
                throw refused;
            }
        }
    }

    /** All of a kind in the cluster; none of a kind that is not served any more. */
    <T extends HasMetadata> List<T> list(Class<T> kind) {
        try {
            return client.resources(kind).inAnyNamespace().list().getItems();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of();
            }
            throw refused;
        }
    }
}
