package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/**
 * A namespace that is being deleted: the API server accepts nothing new in it and deletes its content, so there is
 * nothing left to do except to remove finalizers.
 */
public final class NamespaceEnd {
    private static final int FORBIDDEN = 403;
    private static final String CAUSE = "NamespaceTerminating";

    private NamespaceEnd() {}

    /** Whether the API server refused to create an object because its namespace is being deleted. */
    public static boolean isCauseOf(KubernetesClientException refusal) {
        return refusal.getCode() == FORBIDDEN
                && Optional.ofNullable(refusal.getStatus())
                        .map(Status::getDetails)
                        .map(StatusDetails::getCauses)
                        .orElse(List.<StatusCause>of())
                        .stream()
                        .anyMatch(cause -> CAUSE.equals(cause.getReason()));
    }

    static boolean hasBegun(Namespace namespace) {
        return namespace.getMetadata().getDeletionTimestamp() != null;
    }
}
