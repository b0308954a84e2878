package io.mcpgateway.controller.urls;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.cluster.ApiServerProbe;
import io.mcpgateway.controller.urls.recipes.ClientUrl;
import io.mcpgateway.controller.urls.recipes.ConfigUrls;
import io.mcpgateway.controller.urls.recipes.ObjectUrls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What could be read.
 *
 * @param problems what could not be, one line each
 * @param isUsable whether anything could be read at all
 */
record UrlReading(List<ClientUrl> rows, List<String> problems, boolean isUsable) {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    UrlReading {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /**
     * The objects of a cluster that the user may list.
     *
     * @param namespace empty for all; if that is forbidden, the one of the kubeconfig
     */
    static UrlReading of(KubernetesClient client, Optional<String> namespace) {
        List<ClientUrl> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<Listing<?>> kinds = List.of(
                new Listing<>(MCPGatewayExtension.class, ObjectUrls::of),
                new Listing<>(MCPVirtualServer.class, ObjectUrls::of),
                new Listing<>(MCPServerRegistration.class, ObjectUrls::of));
        int unread = 0;
        for (Listing<?> listing : kinds) {
            unread += listing.read(client, namespace, rows, problems) ? 0 : 1;
        }
        return new UrlReading(rows, problems.stream().distinct().toList(), unread < kinds.size());
    }

    /** The entries of a config.yaml, or of a client's file that is used as one. */
    static UrlReading of(Path file, URI gateway) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return switch (ConfigYaml.parse(text)) {
                case ConfigYaml.Result.Parsed(var config) ->
                    new UrlReading(ConfigUrls.of(config, gateway), List.of(), true);
                case ConfigYaml.Result.Refused(var problems) ->
                    failed(problems.stream()
                            .map(problem -> file + ": " + problem)
                            .toList());
            };
        } catch (NoSuchFileException missing) {
            return failed(List.of("no such file: " + file));
        } catch (IOException problem) {
            return failed(List.of("cannot read " + file + ": " + problem.getMessage()));
        }
    }

    private static UrlReading failed(List<String> problems) {
        return new UrlReading(List.of(), problems, false);
    }

    private record Listing<T extends HasMetadata>(Class<T> kind, Function<T, ClientUrl> row) {
        /** Whether anything could be listed. */
        boolean read(KubernetesClient client, Optional<String> namespace, List<ClientUrl> rows, List<String> problems) {
            try {
                add(client, namespace, rows);
                return true;
            } catch (KubernetesClientException problem) {
                String own = Objects.requireNonNullElse(client.getNamespace(), "default");
                if (problem.getCode() != FORBIDDEN || namespace.isPresent()) {
                    problems.add(text(client, problem, namespace));
                    return false;
                }
                problems.add(
                        "you may not list %s in all namespaces, so those of namespace %s are shown; see others with -n"
                                .formatted(HasMetadata.getPlural(kind), own));
                return read(client, Optional.of(own), rows, problems);
            }
        }

        private void add(KubernetesClient client, Optional<String> namespace, List<ClientUrl> rows) {
            List<T> items = namespace.isPresent()
                    ? client.resources(kind).inNamespace(namespace.get()).list().getItems()
                    : client.resources(kind).inAnyNamespace().list().getItems();
            items.forEach(item -> rows.add(row.apply(item)));
        }

        private String text(KubernetesClient client, KubernetesClientException problem, Optional<String> namespace) {
            String kinds = HasMetadata.getPlural(kind);
            if (problem.getCode() <= 0) {
                return ApiServerProbe.text(client, problem);
            }
            return switch (problem.getCode()) {
                case UNAUTHORIZED ->
                    "the API server does not accept the credentials of the kubeconfig (401); log in again";
                case FORBIDDEN -> "you may not list %s in namespace %s (403)".formatted(kinds, namespace.orElse(""));
                case NOT_FOUND -> "the cluster has no %s; are the CRDs of the gateway installed?".formatted(kinds);
                default -> "%s: the API server answers HTTP %d".formatted(kinds, problem.getCode());
            };
        }
    }
}
