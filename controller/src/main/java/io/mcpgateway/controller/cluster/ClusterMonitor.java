package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts watching each kind once the API server serves it, and reports what is missing. The reconcilers start as soon
 * as our own kinds can be read, so finalizers are removed even without the Gateway API or Istio; while something cannot
 * be read, they plan nothing.
 */
public final class ClusterMonitor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ClusterMonitor.class);
    private static final Duration WHILE_STARTING = Duration.ofMillis(200);
    private static final Duration WHILE_MISSING = Duration.ofSeconds(2);
    private static final Duration WHEN_COMPLETE = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final ClusterCaches caches;
    private final Runnable onOurKinds;
    private final Runnable onComplete;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("cluster-monitor").unstarted(this::run);
    private volatile String problem = "starting: the cluster has not been read yet";
    private Set<Class<? extends HasMetadata>> missingBefore = Set.of();
    private boolean reconciling;
    private boolean complete;

    /**
     * A monitor that does nothing before its start.
     *
     * @param onOurKinds called when our own kinds are served, again if it failed
     * @param onComplete called when everything was read, and again when a missing kind is back
     */
    public ClusterMonitor(KubernetesClient client, ClusterCaches caches, Runnable onOurKinds, Runnable onComplete) {
        this.client = client;
        this.caches = caches;
        this.onOurKinds = onOurKinds;
        this.onComplete = onComplete;
    }

    public void start() {
        thread.start();
    }

    /** What keeps the controller from working; empty text when nothing does. */
    public String problem() {
        return problem;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = look();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration look() {
        try {
            Set<Class<? extends HasMetadata>> missing = CrdPresence.missing(client);
            // One look may fall into the moment in which somebody replaces a CRD.
            caches.start(type -> !missing.contains(type));
            caches.stop(type -> missing.contains(type) && missingBefore.contains(type));
            missingBefore = missing;
            if (!reconciling && missing.stream().noneMatch(CrdPresence.ours()::contains)) {
                onOurKinds.run();
                reconciling = true;
            }
            boolean before = complete;
            boolean now = caches.isComplete();
            if (now && !before) {
                onComplete.run();
            }
            complete = now;
            return said(missing);
        } catch (KubernetesClientException problem) {
            say(
                    problem.getCode() > 0
                            ? "the API server says: " + problem.getMessage()
                            : ApiServerProbe.text(client, problem));
            return WHILE_MISSING;
        } catch (RuntimeException bug) {
            log.error("cannot start, trying again", bug);
            say("cannot start, see the log: " + bug.getMessage());
            return WHILE_MISSING;
        }
    }

    private Duration said(Set<Class<? extends HasMetadata>> missing) {
        if (!missing.isEmpty()) {
            say(CrdPresence.advice(missing));
            return WHILE_MISSING;
        }
        if (complete) {
            if (isNews("")) {
                log.info("ready: all required kinds exist and have been read");
            }
            return WHEN_COMPLETE;
        }
        List<String> forbidden = caches.forbidden();
        if (forbidden.isEmpty()) {
            String reading = "reading the cluster: waiting for " + String.join(", ", caches.pending());
            if (isNews(reading)) {
                log.debug("not ready: {}", reading);
            }
        } else {
            say("forbidden: the controller's ServiceAccount may not " + String.join(", ", forbidden)
                    + "; apply its ClusterRole again (Helm: helm upgrade; else kubectl apply -k config/install)");
        }
        return WHILE_STARTING;
    }

    private void say(String now) {
        if (isNews(now)) {
            log.warn("not ready: {}", now);
        }
    }

    private boolean isNews(String now) {
        boolean news = !now.equals(problem);
        problem = now;
        return news;
    }
}
