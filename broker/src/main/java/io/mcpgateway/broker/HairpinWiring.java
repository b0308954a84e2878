package io.mcpgateway.broker;

import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.hairpin.GatewayTrust;
import io.mcpgateway.broker.hairpin.HairpinSettings;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.network.AddressRule;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.settings.BrokerSettings;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import java.time.InstantSource;
import java.util.UUID;

/** The way to servers through the gateway's own listener. */
record HairpinWiring(
        BrokerSettings settings, SnapshotCell cell, AddressRule addresses, InstantSource clock, Stops stops) {
    /** From now on, whether the listener is trusted is looked at as well. */
    ServerAccess start(RouterTokens routerTokens) {
        ServerAccess servers = access(routerTokens);
        GatewayTrust trust =
                new GatewayTrust(servers, problem -> cell.update(snapshot -> snapshot.withGatewayProblem(problem)));
        stops.push(trust::close);
        trust.start();
        return servers;
    }

    private ServerAccess access(RouterTokens routerTokens) {
        McpHttpClient client = new McpHttpClient(addresses);
        stops.push(client::close);
        return new ServerAccess(
                client,
                HairpinSettings.of(settings.privateUrl(), settings.publicHost()),
                routerTokens,
                () -> UUID.randomUUID().toString(),
                () -> cell.get().table(),
                () -> cell.get().config().caCertificates(),
                clock);
    }
}
