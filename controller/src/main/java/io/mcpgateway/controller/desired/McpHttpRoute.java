package io.mcpgateway.controller.desired;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRuleBuilder;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.envoy.SecondTry;
import io.mcpgateway.api.v1alpha1.reference.KubernetesNames;
import io.mcpgateway.api.wire.GatewayHeaders;
import java.util.List;

/**
 * Leads {@code /mcp}, the OAuth metadata and, if there is one, the registry of the public host to the broker. Members that the API server would default
 * are written out, and rules are not named: Gateway API 1.2 drops the name, and a comparison would never hold.
 */
public final class McpHttpRoute {
    private McpHttpRoute() {}

    /**
     * The route on the listener.
     *
     * @param publicHost without port
     * @param paths that are the broker's, with what is below them
     */
    public static HTTPRoute desired(
            ExtensionOwner owner, GatewayListener listener, String publicHost, List<String> paths) {
        return new HTTPRouteBuilder()
                .withMetadata(owner.metadata(ObjectNames.ROUTE, ObjectLabels.managed()))
                .withNewSpec()
                .addNewParentRef()
                .withGroup(KubernetesNames.GATEWAY_API_GROUP)
                .withKind("Gateway")
                .withNamespace(listener.namespace())
                .withName(listener.gateway())
                .withSectionName(listener.sectionName())
                .endParentRef()
                .withHostnames(publicHost)
                .withRules(paths.stream().map(McpHttpRoute::rule).toList())
                .endSpec()
                .build();
    }

    private static HTTPRouteRule rule(String prefix) {
        return new HTTPRouteRuleBuilder()
                .addNewMatch()
                .withNewPath("PathPrefix", prefix)
                .endMatch()
                .addNewFilter()
                .withType("RequestHeaderModifier")
                .withNewRequestHeaderModifier()
                .addNewSet(SecondTry.CONDITIONS_HEADER, SecondTry.CONDITIONS)
                .addNewSet(SecondTry.COUNT_HEADER, Integer.toString(SecondTry.COUNT))
                // Nobody outside may claim to be the broker, whatever the filters in front do.
                .withRemove(GatewayHeaders.OF_THE_BROKER)
                .endRequestHeaderModifier()
                .endFilter()
                .addNewBackendRef()
                .withGroup("")
                .withKind("Service")
                .withName(ObjectNames.BROKER)
                .withPort(BrokerLaunch.HTTP_PORT)
                .withWeight(1)
                .endBackendRef()
                .build();
    }
}
