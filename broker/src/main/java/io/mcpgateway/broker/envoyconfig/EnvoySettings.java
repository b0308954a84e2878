package io.mcpgateway.broker.envoyconfig;

import io.mcpgateway.broker.settings.Address;
import java.util.Objects;

/**
 * What the files say besides the servers.
 *
 * @param directory absolute path of the files, as Envoy sees it
 * @param publicHost host that clients use, without port
 * @param broker HTTP address of the broker
 * @param router gRPC address of the broker
 * @param caFile certificates that https servers are checked against, as Envoy sees it
 * @param accessLog whether Envoy prints one line per request
 */
public record EnvoySettings(
        String directory,
        String publicHost,
        Address listen,
        Address admin,
        Address broker,
        Address router,
        String caFile,
        boolean accessLog) {
    public EnvoySettings {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(publicHost, "publicHost");
        Objects.requireNonNull(listen, "listen");
        Objects.requireNonNull(admin, "admin");
        Objects.requireNonNull(broker, "broker");
        Objects.requireNonNull(router, "router");
        Objects.requireNonNull(caFile, "caFile");
    }
}
