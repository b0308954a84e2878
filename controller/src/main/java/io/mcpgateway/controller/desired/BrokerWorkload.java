package io.mcpgateway.controller.desired;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What varies in the broker's Deployment.
 *
 * @param image with tag or digest
 * @param imagePullPolicy Always, IfNotPresent or Never
 * @param publicHost DNS name under which clients reach the gateway, without port
 * @param privateHost the listener from inside the cluster, host:port with an optional scheme
 * @param pingIntervalSeconds between two health checks of a server
 * @param trustedHeaderSecret the Secret with the public key, if one is configured
 * @param sessionStoreSecret the Secret with the URL of the session store, if one is configured
 * @param flags that the extension's spec asks for, by name; a broker of another version need not know the others
 * @param variables that the extension's spec asks for, by name; none of them secret
 */
public record BrokerWorkload(
        String image,
        String imagePullPolicy,
        String publicHost,
        String privateHost,
        int pingIntervalSeconds,
        Optional<String> trustedHeaderSecret,
        Optional<String> sessionStoreSecret,
        SortedMap<String, String> flags,
        SortedMap<String, String> variables) {
    public BrokerWorkload {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(imagePullPolicy, "imagePullPolicy");
        Objects.requireNonNull(publicHost, "publicHost");
        Objects.requireNonNull(privateHost, "privateHost");
        Objects.requireNonNull(trustedHeaderSecret, "trustedHeaderSecret");
        Objects.requireNonNull(sessionStoreSecret, "sessionStoreSecret");
        flags = Collections.unmodifiableSortedMap(new TreeMap<>(flags));
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }
}
