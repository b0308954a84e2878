package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lease of a controller that ends in order. Given back, a successor begins at once; otherwise it would wait until
 * the Lease runs out, as after a crash.
 */
public record HeldLease(ApiRequests requests, ObjectKey key, String identity) {
    private static final Logger log = LoggerFactory.getLogger(HeldLease.class);

    public HeldLease {
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(identity, "identity");
    }

    /**
     * Whether someone holds it now. A Lease that was not renewed in time counts as not held, and so does one that
     * may not be read any more, because permission to read it is permission to renew it.
     */
    public boolean isHeld(Instant now) {
        try {
            return requests.read(Lease.class, key)
                    .map(Lease::getSpec)
                    .filter(spec -> !Objects.requireNonNullElse(spec.getHolderIdentity(), "")
                            .isEmpty())
                    .filter(spec -> spec.getRenewTime() != null && spec.getLeaseDurationSeconds() != null)
                    .filter(spec ->
                            now.isBefore(spec.getRenewTime().toInstant().plusSeconds(spec.getLeaseDurationSeconds())))
                    .isPresent();
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return false;
            }
            throw refusal;
        }
    }

    /** Leaves alone a Lease that somebody else holds by now. A refusal only costs the successor its wait. */
    public void release() {
        try {
            Optional<Lease> held = requests.read(Lease.class, key)
                    .filter(lease -> lease.getSpec() != null
                            && identity.equals(lease.getSpec().getHolderIdentity()));
            if (held.isPresent()) {
                requests.replace(held.get()
                        .edit()
                        .editSpec()
                        .withHolderIdentity("")
                        .endSpec()
                        .build());
            }
        } catch (KubernetesClientException refusal) {
            log.warn("the Lease was not released lease={} cause={}", key, refusal.getMessage());
        }
    }
}
