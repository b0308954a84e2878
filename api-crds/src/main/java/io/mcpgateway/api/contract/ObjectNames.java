package io.mcpgateway.api.contract;

/**
 * Names, labels and keys of the Kubernetes objects that the controller creates. Users' scripts rely on them, and the
 * broker finds its Secret by them.
 */
public final class ObjectNames {
    /** Deployment, Service, ServiceAccount, Role, RoleBinding and PodDisruptionBudget of the broker. */
    public static final String BROKER = "mcp-gateway";

    public static final String CONFIG_SECRET = "mcp-gateway-config";
    /** The entry of {@link #CONFIG_SECRET}. */
    public static final String CONFIG_KEY = "config.yaml";

    public static final String SIGNING_KEY_SECRET = "mcp-gateway-session-signing-key";
    /** The entry of the signing key's Secret and of the trusted header Secrets. */
    public static final String KEY = "key";

    public static final String ROUTE = "mcp-gateway-route";

    public static final String LABEL_APP = "app";
    public static final String LABEL_NAME = "app.kubernetes.io/name";
    public static final String LABEL_MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String LABEL_COMPONENT = "app.kubernetes.io/component";
    public static final String LABEL_AGGREGATED = "mcp.kuadrant.io/aggregated";
    public static final String LABEL_EXTENSION_NAME = "mcp.kuadrant.io/extension-name";
    public static final String LABEL_EXTENSION_NAMESPACE = "mcp.kuadrant.io/extension-namespace";

    /** On a Secret with a credential, value {@code true}: its owner allows the gateway to read it. */
    public static final String LABEL_CREDENTIAL = "mcp.kuadrant.io/credential";
    /** The name of {@link #LABEL_CREDENTIAL} in later releases of the Go project; also accepted. */
    public static final String LABEL_CREDENTIAL_LATER = "mcp.kuadrant.io/secret";

    public static final String CONTROLLER = "mcp-gateway-controller";
    public static final String COMPONENT_BROKER = "broker";

    private ObjectNames() {}

    /** In the Gateway's namespace, one for each namespace that has an extension. */
    public static String envoyFilter(String extensionNamespace) {
        return "mcp-ext-proc-" + extensionNamespace + "-gateway";
    }

    /** The name that Istio gives the Envoy cluster of the router's gRPC port. */
    public static String routerCluster(String extensionNamespace) {
        return "outbound|" + BrokerLaunch.GRPC_PORT + "||" + BROKER + "." + extensionNamespace + ".svc.cluster.local";
    }
}
