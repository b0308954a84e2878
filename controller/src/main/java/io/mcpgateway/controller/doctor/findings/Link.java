package io.mcpgateway.controller.doctor.findings;

/**
 * The links of the chain from the cluster to a call, in the order in which each rests on those before it. The first
 * broken one is the cause; what follows may be its consequence.
 */
public enum Link {
    CONFIG("config.yaml"),
    API_SERVER("API server"),
    CRDS("CRDs"),
    ISTIO("Istio"),
    CONTROLLER("controller"),
    GATEWAY("Gateway"),
    TLS("TLS"),
    GRANT("ReferenceGrant"),
    EXTENSION("MCPGatewayExtension"),
    BROKER("broker"),
    BROKER_ROUTE("HTTPRoute of the broker"),
    ENVOY_FILTER("EnvoyFilter"),
    REGISTRATION("MCPServerRegistration"),
    SERVER("MCP server"),
    CREDENTIAL("credential"),
    DISCOVERY("discovery"),
    VIRTUAL_SERVER("MCPVirtualServer"),
    AUTHORIZATION("login and policies"),
    CALL("call through the gateway");

    private final String title;

    Link(String title) {
        this.title = title;
    }

    /** What people call it. */
    public String title() {
        return title;
    }
}
