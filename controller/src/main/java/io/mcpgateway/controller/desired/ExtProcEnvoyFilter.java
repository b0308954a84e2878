package io.mcpgateway.controller.desired;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterApplyTo;
import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterEnvoyConfigObjectMatch;
import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterEnvoyConfigObjectMatchListener;
import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterEnvoyConfigObjectPatch;
import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterListenerMatch;
import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterListenerMatchFilterChainMatch;
import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterListenerMatchFilterMatch;
import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterListenerMatchSubFilterMatch;
import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterPatch;
import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterPatchContext;
import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterPatchOperation;
import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilterBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.runtime.RawExtension;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.envoy.FilterChain;
import io.mcpgateway.api.envoy.FilterChainSettings;
import io.mcpgateway.api.envoy.LocalAnswers;
import io.mcpgateway.api.envoy.Scope;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Puts the gateway's filters first into the listener's filter chain, and some last. It lies in the Gateway's namespace,
 * where an owner reference does not work, and is found by its labels.
 */
public final class ExtProcEnvoyFilter {
    private static final String REVISION = "istio.io/rev";
    private static final String MANAGER = "envoy.filters.network.http_connection_manager";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ExtProcEnvoyFilter() {}

    /**
     * The filter in the Gateway's namespace.
     *
     * @param scope the requests concerned; only stable host names, so a registration changes no listener
     */
    public static EnvoyFilter desired(ExtensionOwner owner, GatewayListener listener, Scope scope) {
        FilterChainSettings settings = FilterChainSettings.of(ObjectNames.routerCluster(owner.namespace()), scope);
        return new EnvoyFilterBuilder()
                .withMetadata(metadata(owner, listener))
                .withNewSpec()
                .withNewWorkloadSelector()
                .withLabels(Map.of("gateway.networking.k8s.io/gateway-name", listener.gateway()))
                .endWorkloadSelector()
                .withConfigPatches(Stream.of(
                                // Each patch goes to the front, so the first filter is the last patch.
                                FilterChain.filters(settings).reversed().stream()
                                        .map(filter ->
                                                patch(listener.port(), EnvoyFilterPatchOperation.INSERT_FIRST, filter)),
                                // After every policy, including other people's.
                                FilterChain.lastFilters().stream()
                                        .map(filter -> patch(
                                                listener.port(), EnvoyFilterPatchOperation.INSERT_BEFORE, filter)),
                                Stream.of(answers(listener.port(), scope)))
                        .flatMap(Function.identity())
                        .toList())
                .endSpec()
                .build();
    }

    static Map<String, String> selector(ExtensionOwner owner) {
        Map<String, String> labels = new TreeMap<>(ObjectLabels.managed());
        labels.put(ObjectNames.LABEL_EXTENSION_NAME, owner.name());
        labels.put(ObjectNames.LABEL_EXTENSION_NAMESPACE, owner.namespace());
        return labels;
    }

    /** Whether a filter, in any namespace, has the labels of an extension's filter. */
    public static boolean isOf(EnvoyFilter filter, ExtensionOwner owner) {
        Map<String, String> labels = filter.getMetadata().getLabels();
        return labels != null && labels.entrySet().containsAll(selector(owner).entrySet());
    }

    private static ObjectMeta metadata(ExtensionOwner owner, GatewayListener listener) {
        Map<String, String> labels = selector(owner);
        labels.put(
                REVISION,
                listener.istioRevision().filter(revision -> !revision.isEmpty()).orElse("default"));
        ObjectMetaBuilder metadata = new ObjectMetaBuilder()
                .withName(ObjectNames.envoyFilter(owner.namespace()))
                .withNamespace(listener.namespace())
                .withLabels(labels);
        return owner.namespace().equals(listener.namespace())
                ? metadata.withOwnerReferences(owner.reference()).build()
                : metadata.build();
    }

    private static EnvoyFilterEnvoyConfigObjectPatch patch(
            int port, EnvoyFilterPatchOperation operation, ObjectNode filter) {
        return patch(
                EnvoyFilterApplyTo.HTTP_FILTER,
                port,
                new EnvoyFilterListenerMatchFilterMatch(
                        MANAGER, new EnvoyFilterListenerMatchSubFilterMatch("envoy.filters.http.router")),
                operation,
                filter);
    }

    /** What Envoy itself says about our requests; its other settings, and what others merge, stay. */
    private static EnvoyFilterEnvoyConfigObjectPatch answers(int port, Scope scope) {
        return patch(
                EnvoyFilterApplyTo.NETWORK_FILTER,
                port,
                new EnvoyFilterListenerMatchFilterMatch(MANAGER, null),
                EnvoyFilterPatchOperation.MERGE,
                LocalAnswers.patch(scope));
    }

    private static EnvoyFilterEnvoyConfigObjectPatch patch(
            EnvoyFilterApplyTo what,
            int port,
            EnvoyFilterListenerMatchFilterMatch connectionManager,
            EnvoyFilterPatchOperation operation,
            ObjectNode filter) {
        EnvoyFilterListenerMatchFilterChainMatch chain = new EnvoyFilterListenerMatchFilterChainMatch();
        chain.setFilter(connectionManager);
        EnvoyFilterListenerMatch listener = new EnvoyFilterListenerMatch();
        listener.setPortNumber((long) port);
        listener.setFilterChain(chain);
        Map<String, Object> value = JSON.convertValue(filter, new TypeReference<>() {});
        return new EnvoyFilterEnvoyConfigObjectPatch(
                what,
                new EnvoyFilterEnvoyConfigObjectMatch(
                        new EnvoyFilterEnvoyConfigObjectMatchListener(listener), EnvoyFilterPatchContext.GATEWAY, null),
                new EnvoyFilterPatch(null, operation, new RawExtension(value)));
    }
}
