package io.mcpgateway.controller.cluster.installation;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.api.v1alpha1.McpApi;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster's objects of our kinds, asked from the API server each time. */
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
        String patch = Serialization.asJson(
                Map.of("metadata", Map.of("finalizers", others, "resourceVersion", metadata.getResourceVersion())));
        try {
            client.resource(object).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
            log.info("let go kind={} object={}/{}", object.getKind(), metadata.getNamespace(), metadata.getName());
        } catch (KubernetesClientException refused) {
            // Gone, or changed meanwhile; the caller looks again.
            if (refused.getCode() != HttpURLConnection.HTTP_NOT_FOUND
                    && refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw refused;
            }
        }
    }

    /** Deletes filters in Gateways' namespaces whose extension is gone: without a broker they refuse every request. */
    void deleteOrphanedFilters() {
        Set<String> extensions = list(MCPGatewayExtension.class).stream()
                .filter(extension -> !isBeingDeleted(extension))
                .map(extension -> extension.getMetadata().getNamespace() + "/"
                        + extension.getMetadata().getName())
                .collect(Collectors.toSet());
        for (HasMetadata filter : list(EnvoyFilter.class)) {
            Map<String, String> labels = filter.getMetadata().getLabels();
            if (labels != null
                    && ObjectNames.CONTROLLER.equals(labels.get(ObjectNames.LABEL_MANAGED_BY))
                    && !extensions.contains(labels.get(ObjectNames.LABEL_EXTENSION_NAMESPACE) + "/"
                            + labels.get(ObjectNames.LABEL_EXTENSION_NAME))) {
                client.resource(filter).delete();
                log.info(
                        "deleted orphaned EnvoyFilter object={}/{}",
                        filter.getMetadata().getNamespace(),
                        filter.getMetadata().getName());
            }
        }
    }

    private <T extends HasMetadata> List<T> list(Class<T> kind) {
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
