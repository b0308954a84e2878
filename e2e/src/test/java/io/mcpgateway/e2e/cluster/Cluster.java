package io.mcpgateway.e2e.cluster;

import org.jspecify.annotations.Nullable;

/** What scenarios know of the cluster that they run on; all else they ask its API server. */
sealed interface Cluster permits Bed, ReachableCluster {
    /** The variable that says which: {@code bed} (also when it is not set), {@code k3s} or {@code kubeconfig}. */
    String CHOICE = "E2E_CLUSTER";

    /** kubectl as the cluster's administrator; what Pods wrote is had by {@code kubectl logs}. */
    Kubectl kubectl();

    /** The port of 127.0.0.1 that leads to a node port. */
    int port(int nodePort);

    /**
     * Brings what has to be there before anybody installs the product: the Gateway API, Istio, and the images that the
     * fixtures name.
     */
    void prepare();

    /** The cluster that the environment names. */
    static Cluster underTest() {
        return switch (choice(System.getenv(CHOICE))) {
            case BED -> Bed.around();
            case K3S -> K3s.start();
            case KUBECONFIG -> ReachableCluster.ofKubeconfig(System.getenv("KUBECONFIG"));
        };
    }

    /** The kinds of clusters. */
    enum Choice {
        BED,
        K3S,
        KUBECONFIG
    }

    /** The choice that a text means. */
    static Choice choice(@Nullable String text) {
        return switch (text == null ? "" : text) {
            case "", "bed" -> Choice.BED;
            case "k3s" -> Choice.K3S;
            case "kubeconfig" -> Choice.KUBECONFIG;
            default -> throw new IllegalArgumentException(CHOICE + " is bed, k3s or kubeconfig, not " + text);
        };
    }
}
