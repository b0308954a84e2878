package io.mcpgateway.controller.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.translation.Translation;
import java.util.Optional;

/**
 * Translates the cluster once for all reconcilers. Each call reads the facts anew, so nobody gets a translation of
 * older ones than there are; while they stay the same it is the same translation.
 */
public final class Translator {
    private final ClusterReader cluster;
    private final ClusterObserver observer;
    private long numberOfLatest;
    private Translation latest = Translation.NONE;

    public Translator(ClusterReader cluster) {
        this.cluster = cluster;
        this.observer = new ClusterObserver(cluster);
    }

    /**
     * Of what the watched copies have now, for the reconcile of an object; empty if that has to do nothing: while the
     * copies lack something, because it may exist all the same, and while the object's namespace is being deleted.
     */
    Optional<Translation> translationFor(HasMetadata object) {
        if (!cluster.isComplete() || cluster.isBeingDeleted(object.getMetadata().getNamespace())) {
            return Optional.empty();
        }
        ClusterObserver.Observation observation = observer.observe();
        // A kind may have gone while its copy was read.
        return cluster.isComplete() ? Optional.of(newest(observation)) : Optional.empty();
    }

    private synchronized Translation newest(ClusterObserver.Observation observation) {
        if (observation.number() > numberOfLatest) {
            numberOfLatest = observation.number();
            latest = latest.next(observation.facts());
        }
        return latest;
    }
}
