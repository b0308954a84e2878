package io.mcpgateway.controller.doctor.facts;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The objects that the user may see. Absence is only known where everything was listed.
 *
 * @param kinds by class
 */
public record ClusterView(Map<Class<? extends HasMetadata>, Listing> kinds) {
    /**
     * What was listed of a kind.
     *
     * @param everywhere whether all namespaces were
     * @param namespaces those that were, if not all
     * @param gap why not all were
     * @param installedBy for a kind that the API server does not serve: how to get it
     */
    public record Listing(
            List<? extends HasMetadata> items,
            boolean everywhere,
            Set<String> namespaces,
            Optional<Gap> gap,
            Optional<String> installedBy) {
        public Listing {
            items = List.copyOf(items);
            namespaces = Set.copyOf(namespaces);
            Objects.requireNonNull(gap, "gap");
            Objects.requireNonNull(installedBy, "installedBy");
        }

        public static Listing complete(List<? extends HasMetadata> items) {
            return new Listing(items, true, Set.of(), Optional.empty(), Optional.empty());
        }

        public static Listing partial(List<? extends HasMetadata> items, Set<String> namespaces, Gap gap) {
            return new Listing(items, false, namespaces, Optional.of(gap), Optional.empty());
        }

        public static Listing notServed(String installedBy) {
            return new Listing(List.of(), true, Set.of(), Optional.empty(), Optional.of(installedBy));
        }
    }

    public ClusterView {
        kinds = Map.copyOf(kinds);
    }

    public <T extends HasMetadata> List<T> all(Class<T> kind) {
        return listing(kind).items().stream().map(kind::cast).toList();
    }

    public <T extends HasMetadata> Optional<T> find(Class<T> kind, ObjectKey key) {
        return all(kind).stream()
                .filter(object -> ObjectKey.of(object).equals(key))
                .findFirst();
    }

    public <T extends HasMetadata> List<T> in(Class<T> kind, String namespace) {
        return all(kind).stream()
                .filter(object -> namespace.equals(object.getMetadata().getNamespace()))
                .toList();
    }

    /** Whether what is not in the view does not exist in the namespace. */
    public boolean sees(Class<? extends HasMetadata> kind, String namespace) {
        Listing listing = listing(kind);
        return listing.everywhere() || listing.namespaces().contains(namespace);
    }

    public boolean seesAll(Class<? extends HasMetadata> kind) {
        return listing(kind).everywhere();
    }

    /** How to install a kind that the API server does not serve. */
    public Optional<String> installedBy(Class<? extends HasMetadata> kind) {
        return listing(kind).installedBy();
    }

    public Optional<Gap> gap(Class<? extends HasMetadata> kind) {
        return listing(kind).gap();
    }

    private Listing listing(Class<? extends HasMetadata> kind) {
        return Objects.requireNonNullElseGet(
                kinds.get(kind),
                () -> Listing.partial(List.of(), Set.of(), Gap.failed(HasMetadata.getPlural(kind), "not read")));
    }
}
