package io.mcpgateway.e2e.cluster;

/** The objects that scenarios add to those of the fixtures, as users would write them. */
final class Yaml {
    private Yaml() {}

    /** A registration in mcp-test; no prefix when that is empty. */
    static String registration(String name, String prefix, String route) {
        String toolPrefix = prefix.isEmpty() ? "" : "\n  toolPrefix: " + prefix;
        return """
                apiVersion: mcp.kagenti.com/v1alpha1
                kind: MCPServerRegistration
                metadata: {name: %s, namespace: mcp-test}
                spec:
                  targetRef: {name: %s}""".formatted(name, route) + toolPrefix + "\n";
    }

    /** A registration that uses a credential. */
    static String registration(String name, String prefix, String route, String secret) {
        return registration(name, prefix, route) + "  credentialRef: {name: " + secret + "}\n";
    }

    /** Another route in mcp-test to a server of the fixtures. */
    static String route(String name, String host, String service) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: %s, namespace: mcp-test}
                spec:
                  parentRefs: [{name: mcp-gateway, namespace: gateway-system}]
                  hostnames: [%s]
                  rules:
                  - backendRefs: [{name: %s, port: 9090}]
                """.formatted(name, host, service);
    }

    static String namespace(String name) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s}
                """.formatted(name);
    }

    /** A namespace whose routes the listener for servers accepts. */
    static String routesNamespace(String name) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s, labels: {mcp.kuadrant.io/routes: "true"}}
                """.formatted(name);
    }

    /** An extension; {@code target} is the YAML of its targetRef, {@code more} further fields of its spec. */
    static String extension(String namespace, String name, String target, String more) {
        return """
                apiVersion: mcp.kagenti.com/v1alpha1
                kind: MCPGatewayExtension
                metadata: {name: %s, namespace: %s}
                spec:
                  targetRef: %s
                  %s
                """.formatted(name, namespace, target, more);
    }

    /** Lets extensions of a namespace use the Gateways of gateway-system. */
    static String grant(String name, String namespace) {
        return """
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata: {name: %s, namespace: gateway-system}
                spec:
                  from: [{group: mcp.kagenti.com, kind: MCPGatewayExtension, namespace: %s}]
                  to: [{group: gateway.networking.k8s.io, kind: Gateway}]
                """.formatted(name, namespace);
    }

    static String credential(String name, String value) {
        return """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: %s
                  namespace: mcp-test
                  labels: {mcp.kuadrant.io/credential: "true"}
                stringData: {token: %s}
                """.formatted(name, value);
    }

    static String virtualServer(String name, String tools) {
        return """
                apiVersion: mcp.kagenti.com/v1alpha1
                kind: MCPVirtualServer
                metadata: {name: %s, namespace: mcp-test}
                spec:
                  tools: %s
                """.formatted(name, tools);
    }

    /** A Gateway of one MCP listener in the namespace of its team. */
    static String gateway(String namespace, String name, String host) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: %s, namespace: %s}
                spec:
                  gatewayClassName: istio
                  listeners:
                  - name: mcp
                    hostname: %s
                    port: 8080
                    protocol: HTTP
                    allowedRoutes: {namespaces: {from: All}}
                """.formatted(name, namespace, host);
    }

    /** A Service whose only endpoint is a process outside of the cluster. */
    static String outside(String name, String address, int port) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s, namespace: mcp-test}
                spec:
                  ports: [{name: http, port: 9090, targetPort: %2$d}]
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata:
                  name: %1$s-outside
                  namespace: mcp-test
                  labels: {kubernetes.io/service-name: %1$s}
                addressType: IPv4
                ports: [{name: http, port: %2$d, protocol: TCP}]
                endpoints: [{addresses: [%3$s], conditions: {ready: true}}]
                """.formatted(name, port, address);
    }
}
