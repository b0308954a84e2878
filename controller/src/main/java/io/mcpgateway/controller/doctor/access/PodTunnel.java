package io.mcpgateway.controller.doctor.access;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reaches ports of Pods as {@code kubectl port-forward} does, with the user's rights. */
public final class PodTunnel {
    /** Works with a local port that leads to the Pod. */
    public interface Use<T> {
        T at(int localPort) throws IOException, InterruptedException;
    }

    private final KubernetesClient client;
    private final ApiReader reader;
    private final Map<String, Optional<Gap.Right>> rights = new ConcurrentHashMap<>();

    public PodTunnel(KubernetesClient client, ApiReader reader) {
        this.client = client;
        this.reader = reader;
    }

    /**
     * What the use returns, or why the Pod was not reached.
     *
     * @param what is looked for, for a message
     */
    public <T> Part<T> to(ObjectKey pod, int port, String what, Use<T> use) throws InterruptedException {
        Optional<Gap.Right> missing = rights.computeIfAbsent(
                pod.namespace(),
                namespace -> reader.missing(new Gap.Right("create", "", "pods/portforward", namespace)));
        if (missing.isPresent()) {
            return new Part.Unreadable<>(
                    new Gap(what, "you may not forward ports to Pods of namespace " + pod.namespace(), missing));
        }
        try (LocalPortForward forward =
                client.pods().inNamespace(pod.namespace()).withName(pod.name()).portForward(port)) {
            return Part.of(use.at(forward.getLocalPort()));
        } catch (IOException problem) {
            return new Part.Unreadable<>(Gap.failed(
                    what,
                    "Pod %s, port %d: %s"
                            .formatted(
                                    pod,
                                    port,
                                    Optional.ofNullable(problem.getMessage()).orElse("connection closed"))));
        }
    }
}
