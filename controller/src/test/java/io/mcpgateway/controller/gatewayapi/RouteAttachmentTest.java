package io.mcpgateway.controller.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteAttachmentTest {
    private static final String ALL = "allowedRoutes: {namespaces: {from: All}}";
    private static final Gateway GATEWAY = ObjectYaml.read(Gateway.class, """
            metadata: {name: g, namespace: gw}
            spec:
              listeners:
              - {name: mcp, port: 8080, protocol: HTTP, hostname: mcp.example.com, %1$s}
              - {name: mcps, port: 8080, protocol: HTTP, hostname: "*.mcp.local", %1$s}
              - {name: any, port: 8081, protocol: HTTP, %1$s}
              - {name: own, port: 8082, protocol: HTTP}
              - {name: grpc, port: 8083, protocol: HTTP, allowedRoutes: {namespaces: {from: All}, kinds: [{kind: GRPCRoute}]}}
              - {name: tcp, port: 8084, protocol: TCP, %1$s}
            """.formatted(ALL));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sectionName: mcps             | a.mcp.local     | mcps",
                "sectionName: mcps             | a.b.mcp.local   | mcps",
                "sectionName: mcps             | mcp.local       | ''",
                "sectionName: mcps             | a.other.local   | ''",
                "sectionName: mcps             | '*.mcp.local'   | mcps",
                "sectionName: mcp              | mcp.example.com | mcp",
                "sectionName: unknown          | a.mcp.local     | ''",
                "sectionName: own              | a.mcp.local     | ''",
                "sectionName: grpc             | a.mcp.local     | ''",
                "sectionName: tcp              | a.mcp.local     | ''",
                "port: 8080                    | a.mcp.local     | mcps",
                "port: 8081                    | a.mcp.local     | any",
                "port: 8085                    | a.mcp.local     | ''",
                "port: 8081, sectionName: mcps | a.mcp.local     | ''",
                "group: gateway.networking.k8s.io, kind: Gateway | a.mcp.local | mcps,any",
                "kind: Service, group: ''      | a.mcp.local     | ''",
                "sectionName: mcps             | 'x.y, a.mcp.local' | mcps",
                "port: 8080                    | ''              | mcp,mcps",
            })
    void theParentRefAndTheHostsChooseTheListeners(String parent, String hosts, String listeners) {
        HTTPRoute route = route("name: g, namespace: gw, " + parent, hosts, "True");

        assertThat(String.join(
                        ",",
                        RouteAttachment.listeners(route, GATEWAY, Map.of()).stream()
                                .map(Listener::getName)
                                .toList()))
                .isEqualTo(listeners);
    }

    @ParameterizedTest
    @CsvSource({"False", "Unknown"})
    void aParentThatHasNotAcceptedTheRouteDoesNotCount(String accepted) {
        HTTPRoute route = route("name: g, namespace: gw", "a.mcp.local", accepted);

        assertThat(RouteAttachment.gateways(route)).isEmpty();
        assertThat(RouteAttachment.listeners(route, GATEWAY, Map.of())).isEmpty();
    }

    @Test
    void aParentThatTheRouteNoLongerNamesDoesNotCount() {
        HTTPRoute route = route("name: g, namespace: gw, sectionName: mcps", "a.mcp.local", "True");
        route.getSpec().getParentRefs().getFirst().setSectionName("any");

        assertThat(RouteAttachment.gateways(route)).isEmpty();
    }

    @Test
    void theNamespaceOfAParentDefaultsToThatOfTheRoute() {
        HTTPRoute route = route("name: g", "a.mcp.local", "True");

        assertThat(RouteAttachment.gateways(route)).isEqualTo(List.of(new ObjectKey("routes", "g")));
        assertThat(RouteAttachment.listeners(route, GATEWAY, Map.of())).isEmpty();
    }

    @Test
    void aRouteWithoutStatusIsAttachedToNothing() {
        HTTPRoute route = route("name: g, namespace: gw", "a.mcp.local", "True");
        route.setStatus(null);

        assertThat(RouteAttachment.gateways(route)).isEmpty();
    }

    private static HTTPRoute route(String parent, String hosts, String accepted) {
        return ObjectYaml.read(
                HTTPRoute.class, """
                metadata: {name: r, namespace: routes}
                spec: {parentRefs: [{%1$s}], hostnames: [%2$s]}
                status:
                  parents:
                  - parentRef: {%1$s}
                    conditions: [{type: Other, status: "True"}, {type: Accepted, status: "%3$s"}]
                """.formatted(parent, hosts.startsWith("*") ? "'" + hosts + "'" : hosts, accepted));
    }
}
