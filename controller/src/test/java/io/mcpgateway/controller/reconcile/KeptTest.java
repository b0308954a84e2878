package io.mcpgateway.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayBuilder;
import io.mcpgateway.controller.translation.Essentials;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptTest {
    private final Kept<Gateway> kept = new Kept<>(Essentials::of);

    @Test
    void aListStaysTheSameWhileNothingEssentialChanges() {
        List<Gateway> first = kept.of(List.of(gateway("a", "istio", 1), gateway("b", "istio", 1)));

        assertThat(kept.of(List.of(gateway("a", "istio", 7), gateway("b", "istio", 1))))
                .isSameAs(first);
    }

    @Test
    void onlyTheObjectThatChangedIsAnother() {
        List<Gateway> first = kept.of(List.of(gateway("a", "istio", 1), gateway("b", "istio", 1)));

        List<Gateway> second = kept.of(List.of(gateway("a", "other", 1), gateway("b", "istio", 2)));

        assertThat(second.getFirst().getSpec().getGatewayClassName()).isEqualTo("other");
        assertThat(second.getLast()).isSameAs(first.getLast());
    }

    @Test
    void whatIsGoneIsForgotten() {
        kept.of(List.of(gateway("a", "istio", 1), gateway("b", "istio", 1)));

        assertThat(kept.of(List.of(gateway("b", "istio", 1)))).hasSize(1);
        assertThat(kept.of(List.of())).isEmpty();
    }

    private static Gateway gateway(String name, String type, int attachedRoutes) {
        return new GatewayBuilder()
                .withNewMetadata()
                .withNamespace("gw")
                .withName(name)
                .withResourceVersion(String.valueOf(attachedRoutes))
                .endMetadata()
                .withNewSpec()
                .withGatewayClassName(type)
                .endSpec()
                .withNewStatus()
                .addNewListener()
                .withAttachedRoutes(attachedRoutes)
                .endListener()
                .endStatus()
                .build();
    }
}
