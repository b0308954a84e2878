package io.mcpgateway.controller.doctor.reading;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.mcpgateway.controller.doctor.facts.ClusterView.Listing;
import java.util.List;

/** Reads Kuadrant's AuthPolicies, where Kuadrant is installed. */
final class PolicyReading {
    private static final ResourceDefinitionContext AUTH_POLICY = new ResourceDefinitionContext.Builder()
            .withGroup("kuadrant.io")
            .withVersion("v1")
            .withKind("AuthPolicy")
            .withPlural("authpolicies")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;

    PolicyReading(KubernetesClient client) {
        this.client = client;
    }

    /** Without Kuadrant, or without the right, there are none: they are extra. */
    Listing read() {
        try {
            return Listing.complete(client.genericKubernetesResources(AUTH_POLICY)
                    .inAnyNamespace()
                    .list()
                    .getItems());
        } catch (KubernetesClientException none) {
            return Listing.complete(List.of());
        }
    }
}
