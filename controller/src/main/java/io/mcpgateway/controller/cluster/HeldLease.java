package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
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
            log.warn("the Lease was not given back lease={} cause={}", key, refusal.getMessage());
        }
    }
}
