package io.mcpgateway.controller.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.StatusWriter;
import io.mcpgateway.controller.cluster.UnlabelledSecrets;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.time.Duration;
import java.util.stream.Stream;

/** When a reconciler looks at an object again although no change triggers it. */
final class Revisit {
    /**
     * JOSDK's copy of an object and ours come by two watches. A reconcile that finds them different does nothing: the
     * one that is behind brings the object back as soon as it has caught up, and this repeats it in any case.
     */
    private static final Duration UNTIL_COPIES_AGREE = Duration.ofMillis(200);

    private Revisit() {}

    static <T extends HasMetadata> UpdateControl<T> whenCopiesAgree() {
        return UpdateControl.<T>noUpdate().rescheduleAfter(UNTIL_COPIES_AGREE);
    }

    /**
     * After a status was written, or was not.
     *
     * @param settled what {@link StatusWriter#settle} said
     */
    static <T extends HasMetadata> UpdateControl<T> after(boolean settled) {
        UpdateControl<T> control = UpdateControl.noUpdate();
        return settled ? control : control.rescheduleAfter(StatusWriter.RETRY);
    }

    /**
     * The same for an object that names Secrets: the change of one that is not watched triggers nothing.
     *
     * @param settled what {@link StatusWriter#settle} said
     */
    static <T extends HasMetadata> UpdateControl<T> after(
            boolean settled, Stream<ObjectKey> secrets, ClusterReader cluster) {
        UpdateControl<T> control = after(settled);
        return !settled || secrets.allMatch(cluster::isWatched)
                ? control
                : control.rescheduleAfter(UnlabelledSecrets.LIFETIME);
    }

    /** For a deletion, while the copies may lack something that has to be cleaned up. */
    static DeleteControl whenSettled() {
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(StatusWriter.RETRY.toMillis());
    }
}
