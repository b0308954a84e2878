package io.mcpgateway.broker;

import io.mcpgateway.broker.bridge.BridgedCalls;
import io.mcpgateway.broker.bridge.parked.LegacyServerCalls;
import io.mcpgateway.broker.bridge.parked.ParkedSettings;
import io.mcpgateway.broker.bridge.pool.PoolLimits;
import io.mcpgateway.broker.bridge.pool.SessionPool;
import io.mcpgateway.broker.endpoint.McpSettings;
import io.mcpgateway.broker.endpoint.answers.ServerInfo;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.hairpin.ServerStreams;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.limits.CallsUnderWay;
import io.mcpgateway.broker.limits.ParkedCalls;
import io.mcpgateway.broker.limits.ParkedLimits;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.RequestStates;
import io.mcpgateway.broker.settings.BrokerOptions;
import io.mcpgateway.broker.settings.BrokerSettings;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Who makes calls between the eras.
 *
 * @param legacyClients for legacy clients, to modern servers
 * @param legacyServers for modern clients, to legacy servers
 */
record Bridges(BridgedCalls legacyClients, LegacyServerCalls legacyServers) {
    /**
     * Starts both.
     *
     * @param calls the limits of calls, shared with everything else that carries calls in this process
     */
    static Bridges start(
            BrokerSettings settings,
            ServerAccess servers,
            ServerStreams streams,
            SessionKeeping sessions,
            CallsUnderWay calls,
            SnapshotCell cell,
            Stops stops) {
        byte[] key = sessions.key().bytes();
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
                McpSettings.DEFAULT_HEARTBEAT));
        stops.push(legacyClients::close);
        Supplier<String> ids = () -> UUID.randomUUID().toString();
        Duration patience = Duration.ofSeconds(settings.get(BrokerOptions.INPUT_SECONDS));
        LegacyServerCalls legacyServers = LegacyServerCalls.start(new LegacyServerCalls.Parts(
                servers,
                new SessionPool(PoolLimits.DEFAULT, ids, servers.clock()),
                calls,
                new ParkedCalls(ParkedLimits.DEFAULT),
                RequestStates.withKey(key),
                ids,
                RawJson.of(new ServerInfo(version).json().toString()),
                ParkedSettings.of(patience, McpSettings.DEFAULT_HEARTBEAT)));
        stops.push(legacyServers::close);
        return new Bridges(legacyClients, legacyServers);
    }
}
