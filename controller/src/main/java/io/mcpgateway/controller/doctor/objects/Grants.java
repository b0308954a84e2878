package io.mcpgateway.controller.doctor.objects;

import io.mcpgateway.controller.gatewayapi.ReferenceGrants.Reference;

/** The command that creates a missing ReferenceGrant. */
public final class Grants {
    private Grants() {}

    public static String create(Reference reference) {
        return ("echo '{\"apiVersion\":\"gateway.networking.k8s.io/v1beta1\",\"kind\":\"ReferenceGrant\","
                        + "\"metadata\":{\"name\":\"allow-mcp-%3$s\",\"namespace\":\"%6$s\"},"
                        + "\"spec\":{\"from\":[{\"group\":\"%1$s\",\"kind\":\"%2$s\",\"namespace\":\"%3$s\"}],"
                        + "\"to\":[{\"group\":\"%4$s\",\"kind\":\"%5$s\"}]}}' | kubectl apply -f -")
                .formatted(
                        reference.group(),
                        reference.kind(),
                        reference.namespace(),
                        reference.targetGroup(),
                        reference.targetKind(),
                        reference.target().namespace());
    }
}
