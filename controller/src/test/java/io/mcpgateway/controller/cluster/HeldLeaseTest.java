package io.mcpgateway.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.testing.InMemoryRequests;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class HeldLeaseTest {
    private static final ZonedDateTime RENEWED = ZonedDateTime.parse("2026-11-23T12:00:00Z");

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

    @Test
    void aLeaseIsHeldUntilItRunsOut() {
        requests.put(renewed(lease("pod-b")));

        assertThat(held.isHeld(RENEWED.plusSeconds(9).toInstant())).isTrue();
        assertThat(held.isHeld(RENEWED.plusSeconds(10).toInstant())).isFalse();
    }

    @Test
    void aLeaseGivenBackOrGoneIsHeldByNobody() {
        assertThat(held.isHeld(RENEWED.toInstant())).isFalse();

        requests.put(renewed(lease("")));
        assertThat(held.isHeld(RENEWED.toInstant())).isFalse();
    }

    @Test
    void aLeaseThatMayNotBeReadIsHeldByNobody() {
        HeldLease forbidden = new HeldLease(new ForbiddingRequests(), new ObjectKey("mcp-system", "lease"), "pod-a");

        assertThat(forbidden.isHeld(RENEWED.toInstant())).isFalse();
    }

    private static Lease renewed(Lease lease) {
        lease.getSpec().setRenewTime(RENEWED);
        lease.getSpec().setLeaseDurationSeconds(10);
        return lease;
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
