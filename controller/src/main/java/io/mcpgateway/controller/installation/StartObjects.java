package io.mcpgateway.controller.installation;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects of our kinds that come with an installation. {@code kubectl apply} cannot create an object of a kind whose
 * CRD is in the same command, so the controller applies them once the kinds are served. Fields that somebody else has
 * changed meanwhile stay as they are: then the object is left alone, and the log says so.
 */
public final class StartObjects {
    private static final Logger log = LoggerFactory.getLogger(StartObjects.class);
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("mcp-gateway-installation")
            .withForce(false)
            .build();

    private final KubernetesClient client;
    private final Path folder;

    public StartObjects(KubernetesClient client, Path folder) {
        this.client = client;
        this.folder = folder;
    }

    /** Applies every YAML file of the folder. */
    public void apply() {
        for (Path file : files()) {
            try (InputStream text = Files.newInputStream(file)) {
                client.load(text).items().forEach(this::apply);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void apply(HasMetadata object) {
        String name =
                object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
        try {
            client.resource(object).patch(APPLY);
            log.info("applied kind={} object={}", object.getKind(), name);
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw refused;
            }
            log.warn(
                    "not applied: changed by others kind={} object={}: {}",
                    object.getKind(),
                    name,
                    refused.getMessage());
        }
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }
}
