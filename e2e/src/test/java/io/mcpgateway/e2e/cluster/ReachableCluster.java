package io.mcpgateway.e2e.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any cluster whose kubelet has the fixtures' images, and whose node ports are published on 127.0.0.1. Nothing else is
 * required.
 *
 * @param published the published port of a node port, if it is different
 */
record ReachableCluster(Path kubeconfig, Map<Integer, Integer> published) implements Cluster {
    /** The cluster of a kubeconfig, whose node ports are published under their own numbers. */
    static ReachableCluster ofKubeconfig(@Nullable String path) {
        if (path == null || !Files.isReadable(Path.of(path))) {
            throw new IllegalStateException(CHOICE + "=kubeconfig needs KUBECONFIG, the name of a file; it is " + path);
        }
        return new ReachableCluster(Path.of(path), Map.of());
    }

    @Override
    public Kubectl kubectl() {
        return new Kubectl(List.of("kubectl", "--kubeconfig=" + kubeconfig));
    }

    @Override
    public int port(int nodePort) {
        if (published.isEmpty()) {
            return nodePort;
        }
        Integer port = published.get(nodePort);
        if (port == null) {
            throw new IllegalStateException("node port " + nodePort + " is not published; these are: "
                    + published.keySet().stream().sorted().toList());
        }
        return port;
    }

    @Override
    public void prepare() {
        namesLeadHere();
        Mesh.chosen().install(kubectl(), kubeconfig);
    }

    /** Public name servers resolve the scenarios' host names to 127.0.0.1. */
    static void namesLeadHere() {
        String name = Installation.PUBLIC_HOST;
        try {
            if (InetAddress.getByName(name).isLoopbackAddress()) {
                return;
            }
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    name + " has no address here; the scenarios need a name server that knows"
                            + " sslip.io and does not withhold addresses of this machine",
                    e);
        }
        throw new IllegalStateException(name + " does not lead to this machine");
    }
}
