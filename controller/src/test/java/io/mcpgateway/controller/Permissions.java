package io.mcpgateway.controller;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rights as texts, {@code group/resource[/subresource] verb}: those that manifests grant, those that requests need. */
final class Permissions {
    static final Path ROLE = Path.of("..", "config", "rbac", "role.yaml");
    static final Path INSTALLATION = Path.of("..", "config", "install", "installation-rights.yaml");

    private static final Pattern REQUEST = Pattern.compile(
            "(\\w+) /api(?:s/(?<group>[^/]+))?/[^/?]+"
                    + "(?:/namespaces/[^/?]+(?=/))?/(?<resource>[a-z]+)(?<name>/[^/?]+)?(?:/(?<sub>[a-z]+))?(?<watch>\\?watch)?");

    private Permissions() {}

    /** What the ClusterRoles of a file grant. */
    static Set<String> of(Path file) {
        return of(file, "ClusterRole");
    }

    /**
     * @param kind ClusterRole or Role
     */
    static Set<String> of(Path file, String kind) {
        Set<String> permitted = new TreeSet<>();
        for (JsonNode role : ObjectYaml.documents(text(file))) {
            if (!kind.equals(role.path("kind").asText())) {
                continue;
            }
            for (JsonNode rule : role.path("rules")) {
                for (JsonNode resource : rule.path("resources")) {
                    for (JsonNode verb : rule.path("verbs")) {
                        permitted.add(
                                rule.path("apiGroups").get(0).asText() + "/" + resource.asText() + " " + verb.asText());
                    }
                }
            }
        }
        return permitted;
    }

    /** What requests need, as {@link io.mcpgateway.controller.testing.FakeCluster#requests} has them. */
    static Set<String> used(Collection<String> requests) {
        Set<String> used = new TreeSet<>();
        requests.forEach(request -> need(request).ifPresent(used::add));
        return used;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty for discovery. */
    private static Optional<String> need(String request) {
        Matcher parts = REQUEST.matcher(request);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String verb = switch (parts.group(1)) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> parts.group("name") != null ? "get" : parts.group("watch") != null ? "watch" : "list";
        };
        String group = parts.group("group") == null ? "" : parts.group("group");
        String sub = parts.group("sub") == null ? "" : "/" + parts.group("sub");
        return Optional.of(group + "/" + parts.group("resource") + sub + " " + verb);
    }
}
