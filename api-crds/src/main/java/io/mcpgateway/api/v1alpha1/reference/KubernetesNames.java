package io.mcpgateway.api.v1alpha1.reference;

/** What Kubernetes allows in names, for the fields that refer to other objects. */
public final class KubernetesNames {
    public static final String GATEWAY_API_GROUP = "gateway.networking.k8s.io";

    /** Of most objects (RFC 1123 subdomain). */
    public static final String DNS_SUBDOMAIN = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /** A namespace (RFC 1123 label), or empty for the object's own. */
    public static final String NAMESPACE_OR_EMPTY = "^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$";

    public static final int MAX_NAME = 253;
    public static final int MAX_NAMESPACE = 63;

    private KubernetesNames() {}
}
