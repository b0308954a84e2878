package io.mcpgateway.controller.translation;

import io.mcpgateway.api.contract.ChosenUrl;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.UrlPaths;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.extension.ClientAddress;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.virtualserver.UrlClaim;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The URLs under which clients find virtual servers and servers.
 *
 * @param addresses of the extensions that serve, oldest first
 */
record ClientUrls(SequencedMap<ObjectKey, ClientAddress> addresses) {
    ClientUrls {
        Objects.requireNonNull(addresses, "addresses");
    }

    /** @param oldestFirst the extensions */
    static ClientUrls of(List<ServingExtension> oldestFirst) {
        SequencedMap<ObjectKey, ClientAddress> addresses = new LinkedHashMap<>();
        oldestFirst.forEach(serving -> addresses.put(serving.key(), serving.address()));
        return new ClientUrls(addresses);
    }

    /** Of a virtual server; at the oldest of several extensions that have it. */
    Optional<String> of(ObjectKey virtualServer, UrlClaim claim) {
        return addresses.entrySet().stream()
                .filter(extension ->
                        claim.extensions().isEmpty() || claim.extensions().contains(extension.getKey()))
                .findFirst()
                .map(extension -> url(virtualServer, claim.at(extension.getKey()), extension.getValue()));
    }

    /** Of a server alone, at an extension. */
    Optional<String> of(ObjectKey extension, ServerName server) {
        return Optional.ofNullable(addresses.get(extension)).map(address -> address.url(UrlPaths.ofServer(server)));
    }

    private static String url(ObjectKey virtualServer, ChosenUrl chosen, ClientAddress address) {
        String path = chosen.pathThere().orElseGet(() -> UrlPaths.ofVirtualServer(virtualServer.toString()));
        return chosen.hostname().map(host -> address.url(host, path)).orElseGet(() -> address.url(path));
    }

    /** The paths that they have by their names. */
    static List<String> paths(Collection<MCPVirtualServer> virtualServers, Collection<ObjectKey> servers) {
        return Stream.concat(
                        virtualServers.stream()
                                .map(virtualServer -> UrlPaths.ofVirtualServer(
                                        ObjectKey.of(virtualServer).toString())),
                        servers.stream().map(key -> UrlPaths.ofServer(new ServerName(key.toString()))))
                .toList();
    }
}
