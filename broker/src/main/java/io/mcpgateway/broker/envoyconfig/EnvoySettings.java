package io.mcpgateway.broker.envoyconfig;

import io.mcpgateway.broker.network.Address;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of the files, except for the servers.
 *
 * @param directory absolute path of the files, as Envoy sees it
 * @param publicHost host that clients use, without port
 * @param brokers HTTP addresses of the broker's replicas
 * @param routers gRPC addresses of the same
 * @param caFile certificates that https servers are checked against, as Envoy sees it
 * @param maxCallsPerServer how many calls and streams may be in progress at one server, for each Envoy
 * @param callTimeout how long calls may take to servers without their own limit
 * @param accessLog whether Envoy prints one line per request
 */
public record EnvoySettings(
        String directory,
        String publicHost,
        Address listen,
        Address admin,
        List<Address> brokers,
        List<Address> routers,
        String caFile,
        int maxCallsPerServer,
        Optional<Duration> callTimeout,
        boolean accessLog) {
    public EnvoySettings {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(publicHost, "publicHost");
        Objects.requireNonNull(listen, "listen");
        Objects.requireNonNull(admin, "admin");
        brokers = List.copyOf(brokers);
        routers = List.copyOf(routers);
        Objects.requireNonNull(caFile, "caFile");
        Objects.requireNonNull(callTimeout, "callTimeout");
        if (maxCallsPerServer <= 0) {
            throw new IllegalArgumentException("--max-calls-per-server must be positive");
        }
    }
}
