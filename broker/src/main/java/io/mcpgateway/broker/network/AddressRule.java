package io.mcpgateway.broker.network;

import io.mcpgateway.api.contract.ServerAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where the broker may connect to on behalf of servers. Addresses in URLs are checked before anything is sent; those
 * of names are checked by {@link NameGuard} when they are resolved for the connection, so there is no second, unchecked
 * response of a name server.
 *
 * @param everywhere whether link-local and metadata addresses are allowed too
 */
public record AddressRule(boolean everywhere) {
    /** The flag of the broker that sets it. */
    public static final String FLAG_EVERYWHERE = "--allow-link-local-upstreams";

    public static final AddressRule STRICT = new AddressRule(false);

    /** Why no request is sent to a url that is an address; empty if it may be, or is a name. */
    public Optional<String> refusal(URI url) {
        String host = url.getHost();
        return everywhere || host == null || !ServerAddresses.isSensitive(host)
                ? Optional.empty()
                : Optional.of(refused("the url names"));
    }

    /** Those of the addresses of a name that may be used. */
    List<InetAddress> usable(List<InetAddress> addresses) {
        return everywhere
                ? addresses
                : addresses.stream()
                        .filter(address -> !ServerAddresses.isSensitive(address))
                        .toList();
    }

    public static String refusedName() {
        return refused("the host name resolves to");
    }

    private static String refused(String what) {
        return "not connected: " + what + " a link-local or metadata address (allowed by " + FLAG_EVERYWHERE + ")";
    }
}
