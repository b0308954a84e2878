package io.mcpgateway.broker;

import io.mcpgateway.broker.bridge.BridgedCalls;
import io.mcpgateway.broker.endpoint.McpSettings;
import io.mcpgateway.broker.endpoint.calls.CallBridge;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.hairpin.ServerStreams;
import io.mcpgateway.broker.limits.CallsUnderWay;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.snapshot.SnapshotCell;

/** Makes the calls that the broker makes in the place of clients possible. */
record BridgeWiring(SnapshotCell cell, SessionKeeping sessions, Stops stops) {
    CallBridge start(ServerAccess servers, ServerStreams streams, ServerRequestIds ids, CallsUnderWay calls) {
        BridgedCalls bridge = BridgedCalls.start(new BridgedCalls.Settings(
                servers,
                streams,
                ids,
                sessions.store(),
                sessions.mailbox(),
                calls,
                BrokerMain.Version.text(),
                server -> cell.get().declares(server, Capability.LOGGING),
                McpSettings.DEFAULT_HEARTBEAT));
        stops.push(bridge::close);
        return bridge;
    }
}
