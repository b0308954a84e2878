package io.mcpgateway.broker.config;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.mcpgateway.api.contract.ObjectNames;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the running configuration equal to a Secret, by a watch on that one object. Far quicker than the mounted file,
 * which the kubelet renews after a minute or two. While the watch is down the file counts; a watch that breaks, or is
 * refused, is retried indefinitely with growing pauses. If the Secret is deleted, the current configuration stays.
 */
public final class SecretConfigSource implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SecretConfigSource.class);

    private final SecretName name;
    private final ConfigApplier applier;
    private final KubernetesClient client;
    private final SharedIndexInformer<Secret> informer;
    private String lastSeen = "";
    private volatile boolean closed;

    /** @param client is closed with this object */
    SecretConfigSource(SecretName name, ConfigApplier applier, KubernetesClient client) {
        this.name = name;
        this.applier = applier;
        this.client = client;
        this.informer = this.client
                .secrets()
                .inNamespace(name.namespace())
                .withName(name.name())
                .runnableInformer(0)
                .exceptionHandler((_, problem) -> retry(problem))
                .addEventHandler(new Changes());
    }

    /** With the pod's own ServiceAccount, or what KUBECONFIG says. */
    public static SecretConfigSource inCluster(SecretName name, ConfigApplier applier) {
        return new SecretConfigSource(name, applier, new KubernetesClientBuilder().build());
    }

    /** Starts in the background; a missing API server is not a failure. */
    public void start() {
        informer.start();
        log.info("watching the configuration secret={}", name);
    }

    /** Whether changes of the Secret arrive now. */
    public boolean isWatching() {
        return informer.isWatching();
    }

    @Override
    public void close() {
        closed = true;
        informer.stop();
        client.close();
    }

    private boolean retry(Throwable problem) {
        if (!closed) {
            log.warn(
                    "cannot watch the configuration secret, using the mounted file secret={} cause={}",
                    name,
                    problem.getMessage());
        }
        return !closed;
    }

    /** Called in order, on one thread at a time. */
    private synchronized void seen(Secret secret) {
        @Nullable
        String entry = secret.getData() == null ? null : secret.getData().get(ObjectNames.CONFIG_KEY);
        String content = Objects.requireNonNullElse(entry, "");
        if (content.equals(lastSeen)) {
            return;
        }
        lastSeen = content;
        String document;
        try {
            document = new String(Base64.getDecoder().decode(content), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            applier.refused(List.of("the entry " + ObjectNames.CONFIG_KEY + " is not base64"), source(), "");
            return;
        }
        List<String> problems = applier.apply(document, source());
        if (!problems.isEmpty()) {
            applier.refused(problems, source(), document);
        }
    }

    private String source() {
        return "secret=" + name;
    }

    private final class Changes implements ResourceEventHandler<Secret> {
        @Override
        public void onAdd(Secret secret) {
            seen(secret);
        }

        @Override
        public void onUpdate(Secret before, Secret after) {
            seen(after);
        }

        @Override
        public void onDelete(Secret secret, boolean finalStateUnknown) {
            log.warn("the configuration secret was deleted, the last good configuration stays secret={}", name);
        }
    }
}
