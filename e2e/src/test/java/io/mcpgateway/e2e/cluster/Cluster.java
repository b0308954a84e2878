package io.mcpgateway.e2e.cluster;

import org.jspecify.annotations.Nullable;

/** What scenarios know about the cluster that they run on; they ask its API server for everything else. */
sealed interface Cluster permits Bed, ReachableCluster {
    /** The variable that selects it: {@code bed} (the default), {@code k3s} or {@code kubeconfig}. */
    String CHOICE = "E2E_CLUSTER";

    /** kubectl as the cluster's administrator; {@code kubectl logs} gives the Pods' logs. */
    Kubectl kubectl();

    /** The port of 127.0.0.1 that leads to a node port. */
    int port(int nodePort);

    /**
     * Installs the prerequisites of the product: the Gateway API, Istio, and the images that the
     * fixtures use.
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

    /** Parses the choice. */
    static Choice choice(@Nullable String text) {
        return switch (text == null ? "" : text) {
            case "", "bed" -> Choice.BED;
            case "k3s" -> Choice.K3S;
            case "kubeconfig" -> Choice.KUBECONFIG;
            default -> throw new IllegalArgumentException(CHOICE + " is bed, k3s or kubeconfig, not " + text);
        };
    }
}
