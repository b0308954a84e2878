package io.mcpgateway.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.testing.InMemoryRequests;
import org.junit.jupiter.api.Test;

class HeldLeaseTest {
    private final InMemoryRequests requests = new InMemoryRequests();
    private final HeldLease held = new HeldLease(requests, new ObjectKey("mcp-system", "lease"), "pod-a");

    @Test
    void anOwnLeaseIsGivenBack() {
        requests.put(lease("pod-a"));

        held.release();

        assertThat(holder()).isEmpty();
    }

    @Test
    void anotherOnesLeaseIsLeftAlone() {
        requests.put(lease("pod-b"));

        held.release();

        assertThat(holder()).isEqualTo("pod-b");
    }

    @Test
    void whereThereIsNoLeaseNoneIsMade() {
        held.release();

        assertThat(requests.all(Lease.class)).isEmpty();
    }

    private String holder() {
        return requests.all(Lease.class).getFirst().getSpec().getHolderIdentity();
    }

    private static Lease lease(String holder) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("mcp-system")
                .withName("lease")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .endSpec()
                .build();
    }
}
