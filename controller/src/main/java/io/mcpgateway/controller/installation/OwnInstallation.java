package io.mcpgateway.controller.installation;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.settings.InstallationArguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this controller does for its own installation: at its start, and when it is uninstalled. */
public final class OwnInstallation implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OwnInstallation.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(15);

    /** Less than the pod is given, and than the API server accepts the token of a deleted account: 60 seconds. */
    private static final Duration LONGEST_CLEAN_UP = Duration.ofSeconds(40);

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final Optional<LastingRights> rights;
    private final Thread starting;
    private boolean uninstalled;

    private OwnInstallation(InstallationArguments arguments, Map<String, String> environment) {
        List<Step> steps = new ArrayList<>();
        rights = Optional.ofNullable(arguments.finishOnUninstall)
                .map(name -> new LastingRights(client, environment.getOrDefault("NAMESPACE", "default"), name));
        rights.ifPresent(lasting -> steps.add(new Step("keep the rights to finish", lasting::secure)));
        if (arguments.applyAtStart != null) {
            StartObjects objects = new StartObjects(client, arguments.applyAtStart);
            steps.add(new Step("apply the objects of " + arguments.applyAtStart, objects::apply));
        }
        starting = Thread.ofVirtual().name("installation").unstarted(() -> steps.forEach(Step::untilDone));
    }

    /** Begins in the background what the command line asks for. */
    public static OwnInstallation begin(InstallationArguments arguments, Map<String, String> environment) {
        OwnInstallation installation = new OwnInstallation(arguments, environment);
        installation.starting.start();
        return installation;
    }

    /**
     * If this is the end of the installation: waits, while reconcilers still run, until they have cleaned up.
     *
     * @param idle whether neither this controller nor another one reconciles
     */
    public void finish(BooleanSupplier idle) throws InterruptedException {
        starting.interrupt();
        if (rights.isEmpty()) {
            return;
        }
        LastingRights lasting = rights.get();
        try {
            uninstalled = lasting.isUninstalled();
            if (uninstalled) {
                log.info("this controller is being uninstalled: cleaning up first");
                new Uninstallation(client, LONGEST_CLEAN_UP).awaitCleanUp(lasting::kindsAreLeaving, idle);
            }
        } catch (KubernetesClientException refused) {
            log.warn("cannot finish the uninstallation: {}", refused.getMessage());
        }
    }

    /** With the reconcilers stopped, lets go of everything if this is the end of the installation. */
    @Override
    public void close() {
        if (uninstalled) {
            letGo();
        }
        client.close();
    }

    private void letGo() {
        try {
            LastingRights lasting = rights.orElseThrow();
            new Uninstallation(client, LONGEST_CLEAN_UP).letGo(lasting::kindsAreLeaving);
            lasting.release();
        } catch (KubernetesClientException refused) {
            log.warn("cannot finish the uninstallation: {}", refused.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something to do that may have to wait for the cluster, such as for CRDs to be served. */
    private record Step(String purpose, Runnable action) {
        void untilDone() {
            Duration pause = FIRST_RETRY;
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    action.run();
                    return;
                } catch (RuntimeException problem) {
                    log.info("cannot {} yet: {}", purpose, problem.getMessage());
                }
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException interrupted) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_RETRY) < 0 ? pause.multipliedBy(2) : LONGEST_RETRY;
            }
        }
    }
}
