package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.drift.Drift;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.marks.ConditionLists;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes live objects what they should be: creates missing ones, corrects what {@link Drift} finds, and sends nothing
 * if there is nothing to do. A watched copy may be behind; if the API server says so, the object is read again
 * and compared again.
 */
public final class ObjectWriter {
    private static final Logger log = LoggerFactory.getLogger(ObjectWriter.class);
    private static final int ATTEMPTS = 5;
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final int INVALID = 422;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;

    /** Without an answer of the API server itself: nothing arrived (0), or a proxy says so. */
    private static final Set<Integer> NO_VERDICT = Set.of(0, UNAUTHORIZED, CONFLICT, TOO_MANY_REQUESTS, 502, 503, 504);

    /** The API server does not accept a write, and would not the next time: a policy, a missing right, a fixed field. */
    public static final class Refused extends KubernetesClientException {
        private static final long serialVersionUID = 1;

        private final transient HasMetadata object;

        private Refused(KubernetesClientException refusal, HasMetadata object) {
            super(String.valueOf(refusal.getMessage()), refusal.getCode(), refusal.getStatus());
            // The constructor does not take a cause.
            addSuppressed(refusal);
            this.object = object;
        }

        private static KubernetesClientException of(KubernetesClientException refusal, HasMetadata object) {
            return NO_VERDICT.contains(refusal.getCode()) || NamespaceEnd.isCauseOf(refusal)
                    ? refusal
                    : new Refused(refusal, object);
        }

        /** What was to be written. */
        public HasMetadata object() {
            return object;
        }

        /** In the API server's words. */
        public String reason() {
            Status status = getStatus();
            return status == null || status.getMessage() == null ? String.valueOf(getMessage()) : status.getMessage();
        }
    }

    private final ApiRequests requests;

    public ObjectWriter(ApiRequests requests) {
        this.requests = requests;
    }

    /**
     * Makes the live object match the desired one.
     *
     * @param known the watched copy of the object; null if there is none
     * @return the object after that
     */
    public <T extends HasMetadata> T apply(@Nullable T known, T desired) {
        return apply(known, desired, _ -> desired);
    }

    /**
     * The same for an object with content that is generated when it is first written.
     *
     * @param initial the object to create if there is none
     * @param besides the desired object, given the live one
     */
    public <T extends HasMetadata> T apply(@Nullable T known, T initial, Function<T, T> besides) {
        @Nullable T live = known;
        for (int attempt = 1; ; attempt++) {
            try {
                return live == null ? requests.create(initial) : corrected(live, besides.apply(live));
            } catch (KubernetesClientException refusal) {
                boolean outdated = refusal.getCode() == CONFLICT || (refusal.getCode() == NOT_FOUND && live != null);
                if (!outdated || attempt >= ATTEMPTS) {
                    throw Refused.of(refusal, initial);
                }
                live = read(initial).orElse(null);
            }
        }
    }

    /** Deletes an object; it is not a failure if the object or its kind does not exist. */
    public void delete(HasMetadata object) {
        try {
            requests.delete(object);
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() != NOT_FOUND) {
                throw Refused.of(refusal, object);
            }
        }
    }

    /**
     * Writes conditions into entries of a status that belongs to another controller, and changes nothing else in it.
     * The object may have been changed or deleted meanwhile.
     *
     * @param known the watched copy
     * @param mark the change to a version of the object; empty if there is none
     */
    public <T extends HasMetadata> void mark(T known, Function<T, Optional<ConditionLists>> mark) {
        T live = known;
        for (int attempt = 1; ; attempt++) {
            Optional<ConditionLists> wanted = mark.apply(live);
            if (wanted.isEmpty()) {
                return;
            }
            try {
                requests.patchStatus(live, patch(live, wanted.get()).toString());
                return;
            } catch (KubernetesClientException refusal) {
                if (!VersionedPatch.isOutdated(refusal) || attempt >= ATTEMPTS) {
                    throw Refused.of(refusal, live);
                }
                Optional<T> now = read(live);
                if (now.isEmpty()) {
                    return;
                }
                live = now.get();
            }
        }
    }

    private static VersionedPatch patch(HasMetadata live, ConditionLists wanted) {
        VersionedPatch patch = new VersionedPatch(live);
        wanted.conditions()
                .forEach((index, conditions) ->
                        patch.put("/status/%s/%d/conditions".formatted(wanted.list(), index), conditions));
        return patch;
    }

    private <T extends HasMetadata> T corrected(T live, T desired) {
        Optional<T> correction = Drift.between(live, desired);
        if (correction.isEmpty()) {
            return live;
        }
        try {
            return requests.replace(correction.get());
        } catch (KubernetesClientException refusal) {
            boolean immutable = refusal.getCode() == INVALID && "RoleBinding".equals(live.getKind());
            if (!immutable) {
                throw refusal;
            }
            log.warn("replacing, because it cannot be changed kind={} object={}", live.getKind(), ObjectKey.of(live));
            delete(live);
            return requests.create(desired);
        }
    }

    private <T extends HasMetadata> Optional<T> read(T object) {
        @SuppressWarnings("unchecked") // the class of a T is a Class<T> for fabric8's model classes, which are final
        Class<T> type = (Class<T>) object.getClass();
        return requests.read(type, ObjectKey.of(object));
    }
}
