package io.mcpgateway.broker;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.bridge.BridgedCalls;
import io.mcpgateway.broker.bridge.parked.LegacyServerCalls;
import io.mcpgateway.broker.bridge.parked.ParkedSettings;
import io.mcpgateway.broker.bridge.pool.PoolLimits;
import io.mcpgateway.broker.bridge.pool.SessionPool;
import io.mcpgateway.broker.bridge.watching.LegacySubscriptions;
import io.mcpgateway.broker.bridge.watching.SubscriptionsByEra;
import io.mcpgateway.broker.endpoint.McpSettings;
import io.mcpgateway.broker.endpoint.answers.ServerInfo;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.hairpin.HairpinSubscriptions;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.hairpin.ServerStreams;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.limits.CallsUnderWay;
import io.mcpgateway.broker.limits.ParkedCalls;
import io.mcpgateway.broker.limits.ParkedLimits;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.network.Address;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.settings.BrokerOptions;
import io.mcpgateway.broker.settings.BrokerSettings;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.BridgeMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Who makes calls between the eras.
 *
 * @param legacyClients for legacy clients, to modern servers
 * @param legacyServers for modern clients, to legacy servers
 * @param subscriptions of modern clients, at servers of either era
 * @param states what clients are given to send back, the same for everything in this process
 */
record Bridges(
        BridgedCalls legacyClients,
        LegacyServerCalls legacyServers,
        ServerSubscriptions subscriptions,
        RequestStates states) {
    /**
     * Starts everything.
     *
     * @param calls the limits of calls, shared with everything else that carries calls in this process
     * @param doubted hears of servers whose answers show that they speak other revisions now
     * @param address where other replicas reach this one
     */
    static Bridges start(
            BrokerSettings settings,
            ServerAccess servers,
            ServerStreams streams,
            SessionKeeping sessions,
            CallsUnderWay calls,
            BridgeMetrics metrics,
            Consumer<ServerName> doubted,
            SnapshotCell cell,
            Supplier<Optional<Address>> address,
            Stops stops) {
        byte[] key = sessions.key().bytes();
        RequestStates states = RequestStates.withKey(key);
        String version = BrokerMain.Version.text();
        BridgedCalls legacyClients = BridgedCalls.start(new BridgedCalls.Settings(
                servers,
                streams,
                ServerRequestIds.withKey(key),
                sessions.store(),
                sessions.mailbox(),
                calls,
                version,
                server -> cell.get().declares(server, Capability.LOGGING),
                McpSettings.DEFAULT_HEARTBEAT,
                metrics,
                doubted));
        stops.push(legacyClients::close);
        Supplier<String> ids = () -> UUID.randomUUID().toString();
        Duration patience = Duration.ofSeconds(settings.get(BrokerOptions.INPUT_SECONDS));
        SessionPool pool = new SessionPool(PoolLimits.DEFAULT, ids, servers.clock(), metrics);
        LegacyServerCalls legacyServers = LegacyServerCalls.start(new LegacyServerCalls.Parts(
                servers,
                pool,
                calls,
                new ParkedCalls(ParkedLimits.DEFAULT),
                states,
                ids,
                address,
                RawJson.of(new ServerInfo(version).json().toString()),
                ParkedSettings.of(patience, McpSettings.DEFAULT_HEARTBEAT),
                metrics,
                doubted));
        stops.push(legacyServers::close);
        return new Bridges(
                legacyClients,
                legacyServers,
                new SubscriptionsByEra(new HairpinSubscriptions(servers), new LegacySubscriptions(servers, pool)),
                states);
    }
}
