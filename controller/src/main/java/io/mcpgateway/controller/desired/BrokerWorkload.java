package io.mcpgateway.controller.desired;

import java.util.Objects;
import java.util.Optional;

/**
 * What varies in the broker's Deployment.
 *
 * @param image with tag or digest
 * @param imagePullPolicy Always, IfNotPresent or Never
 * @param publicHost DNS name under which clients reach the gateway, without port
 * @param privateHost the listener from inside the cluster, host:port with an optional scheme
 * @param pingIntervalSeconds between two health checks of a server
 * @param trustedHeaderSecret the Secret with the public key, if one is configured
 */
public record BrokerWorkload(
        String image,
        String imagePullPolicy,
        String publicHost,
        String privateHost,
        int pingIntervalSeconds,
        Optional<String> trustedHeaderSecret) {
    public BrokerWorkload {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(imagePullPolicy, "imagePullPolicy");
        Objects.requireNonNull(publicHost, "publicHost");
        Objects.requireNonNull(privateHost, "privateHost");
        Objects.requireNonNull(trustedHeaderSecret, "trustedHeaderSecret");
    }
}
