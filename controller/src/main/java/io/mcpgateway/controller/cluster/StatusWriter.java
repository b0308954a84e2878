package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.conditions.EventNote;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Writes the status of our own objects, and Events about what it says now. It was computed from the one before, so it
 * is written only over that: an object that has changed meanwhile is to be looked at again.
 */
public final class StatusWriter {
    /** After a refusal the reconcile is repeated so much later; the watched copy has caught up by then. */
    public static final Duration RETRY = Duration.ofMillis(200);

    private static final int REMEMBERED = 10_000;

    private final ApiRequests requests;
    private final EventWriter events;
    /** By uid, the version of each object that the last write replaced. The oldest entries go first. */
    private final Map<String, String> replaced = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    });

    public StatusWriter(ApiRequests requests, EventWriter events) {
        this.requests = requests;
        this.events = events;
    }

    /**
     * Writes an object's complete status.
     *
     * @param object as it was when the status was computed
     * @param before its current status
     * @param notes to record once the status is written; not used if there is nothing to write
     * @return false if it has to be looked at again after {@link #RETRY}: the object is another by now, or gone, or the
     *     watched copy does not have the last status written here yet, so that its status proves nothing
     */
    public <T> boolean settle(HasMetadata object, T before, T status, Supplier<List<EventNote>> notes) {
        return status.equals(before) ? !isOutdated(object) : write(object, status, notes.get());
    }

    /** Whether this is an object as it was before its status was last written here. */
    private boolean isOutdated(HasMetadata object) {
        String version = replaced.get(object.getMetadata().getUid());
        if (version == null) {
            return false;
        }
        boolean outdated = version.equals(object.getMetadata().getResourceVersion());
        if (!outdated) {
            replaced.remove(object.getMetadata().getUid());
        }
        return outdated;
    }

    private boolean write(HasMetadata object, Object status, List<EventNote> notes) {
        try {
            requests.patchStatus(
                    object, new VersionedPatch(object).put("/status", status).toString());
            replaced.put(object.getMetadata().getUid(), object.getMetadata().getResourceVersion());
            events.record(object, notes);
            return true;
        } catch (KubernetesClientException refusal) {
            if (VersionedPatch.isOutdated(refusal)) {
                return false;
            }
            throw refusal;
        }
    }
}
