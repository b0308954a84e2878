package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;

/**
 * Which object is older. The Gateway API resolves conflicts in favour of the oldest object; equal timestamps (in whole
 * seconds) are resolved by UID, so every observer sees the same winner.
 */
public final class Seniority {
    /** Oldest first, then by UID. RFC 3339 timestamps of the API server are all in UTC and sort as text. */
    public static final Comparator<HasMetadata> OLDEST_THEN_UID =
            Comparator.comparing(Seniority::created).thenComparing(Seniority::uid);

    /** Oldest first, then by namespace and name: the order that users can predict. */
    public static final Comparator<HasMetadata> OLDEST_THEN_NAME =
            Comparator.comparing(Seniority::created).thenComparing(ObjectKey::of);

    private Seniority() {}

    /** When it was created, as text that sorts; empty for an object that was not. */
    public static String created(HasMetadata object) {
        String timestamp = object.getMetadata().getCreationTimestamp();
        return timestamp == null ? "" : timestamp;
    }

    private static String uid(HasMetadata object) {
        String uid = object.getMetadata().getUid();
        return uid == null ? "" : uid;
    }
}
