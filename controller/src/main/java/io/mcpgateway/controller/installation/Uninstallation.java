package io.mcpgateway.controller.installation;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.cluster.ClientApiRequests;
import io.mcpgateway.controller.cluster.ObjectWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of an uninstallation. First, a running controller cleans up what is being deleted; then, with no
 * controller left, all other finalizers are removed, so nothing ever waits for a finalizer that nobody removes.
 */
public final class Uninstallation {
    private static final Logger log = LoggerFactory.getLogger(Uninstallation.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** So many looks in a row have to find nothing: a deletion may be on its way. */
    private static final int CALM_LOOKS = 4;

    private static final int LETTING_GO_ATTEMPTS = 10;

    private final KubernetesClient client;
    private final OwnObjects objects;
    private final Orphans orphans;
    private final Duration limit;

    /**
     * @param limit of each wait; whatever is unfinished is left as it is
     */
    public Uninstallation(KubernetesClient client, Duration limit) {
        this.client = client;
        this.objects = new OwnObjects(client);
        this.orphans = new Orphans(objects, new ObjectWriter(new ClientApiRequests(client)), Clock.systemUTC());
        this.limit = limit;
    }

    /** Deletes an extension, without waiting. */
    public void deleteExtension(String namespace, String name) {
        client.resources(MCPGatewayExtension.class)
                .inNamespace(namespace)
                .withName(name)
                .delete();
        log.info("deleting extension object={}/{}", namespace, name);
    }

    /**
     * Waits until the controller has cleaned up what is being deleted.
     *
     * @param everything whether all objects of our kinds are deleted, because the kinds themselves are
     * @param abandoned whether no controller is running that could clean up; then there is nothing to wait for
     */
    public void awaitCleanUp(BooleanSupplier everything, BooleanSupplier abandoned) throws InterruptedException {
        int calm = 0;
        long end = System.nanoTime() + limit.toNanos();
        List<HasMetadata> waiting = List.of();
        while (calm < CALM_LOOKS && System.nanoTime() - end < 0) {
            if (abandoned.getAsBoolean()) {
                log.info("no controller is running any more");
                return;
            }
            waiting = waiting(everything);
            calm = waiting.isEmpty() ? calm + 1 : 0;
            Thread.sleep(PAUSE);
        }
        if (calm < CALM_LOOKS) {
            log.warn("not cleaned up within {} s: {}", limit.toSeconds(), names(waiting));
        }
    }

    private List<HasMetadata> waiting(BooleanSupplier everything) {
        boolean all = everything.getAsBoolean();
        return objects.held().stream()
                .filter(object -> all || OwnObjects.isBeingDeleted(object))
                .toList();
    }

    /** Scales the controller to zero and waits until its last pod is gone. */
    public void stopController(String namespace, String deployment) throws InterruptedException {
        Deployment found = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(deployment)
                .get();
        if (found == null) {
            return;
        }
        Map<String, String> selector = found.getSpec().getSelector().getMatchLabels();
        found.getSpec().setReplicas(0);
        client.resource(found).update();
        long end = System.nanoTime() + limit.toNanos();
        List<Pod> pods = pods(namespace, selector);
        while (!pods.isEmpty() && System.nanoTime() - end < 0) {
            Thread.sleep(PAUSE);
            pods = pods(namespace, selector);
        }
        if (pods.isEmpty()) {
            log.info("controller stopped deployment={}/{}", namespace, deployment);
        } else {
            log.warn("controller still running after {} s: {}", limit.toSeconds(), names(pods));
        }
    }

    private List<Pod> pods(String namespace, Map<String, String> selector) {
        return client.pods().inNamespace(namespace).withLabels(selector).list().getItems().stream()
                .filter(pod ->
                        !List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()))
                .toList();
    }

    /**
     * Removes our finalizer from all our objects, and before that removes what those that are deleted or being deleted
     * have on objects of others, if no controller has done so. No controller may be running: it would restore
     * everything.
     *
     * @param everything whether all objects of our kinds are deleted, because the kinds themselves are
     */
    public void letGo(BooleanSupplier everything) throws InterruptedException {
        // First, because the permissions may be deleted together with the last object.
        removeOrphans(everything.getAsBoolean());
        List<HasMetadata> held = objects.held();
        for (int attempt = 0; attempt < LETTING_GO_ATTEMPTS && !held.isEmpty(); attempt++) {
            held.forEach(objects::letGo);
            Thread.sleep(PAUSE);
            held = objects.held();
        }
        if (held.isEmpty()) {
            log.info("nothing is waiting for this controller any more");
        } else {
            log.warn("finalizer not removed: {}", names(held));
        }
    }

    private void removeOrphans(boolean everything) {
        try {
            orphans.remove(everything);
        } catch (KubernetesClientException refused) {
            log.warn("left behind on Gateways or HTTPRoutes: {}", refused.getMessage());
        }
    }

    private static String names(List<? extends HasMetadata> objects) {
        return objects.stream()
                .map(object -> object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                        + object.getMetadata().getName())
                .collect(Collectors.joining(", "));
    }
}
