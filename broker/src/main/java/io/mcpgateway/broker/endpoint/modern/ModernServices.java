package io.mcpgateway.broker.endpoint.modern;

import io.mcpgateway.broker.authorization.trusted.TrustedHeaders;
import io.mcpgateway.broker.endpoint.answers.ListPages;
import io.mcpgateway.broker.endpoint.answers.ServerInfo;
import io.mcpgateway.broker.endpoint.calls.ModernCallBridge;
import io.mcpgateway.broker.endpoint.streams.ClientStreams;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * What modern requests are answered with.
 *
 * @param instructions whether clients are told the instructions of servers
 * @param heartbeat between two signs of life on an idle stream
 * @param longestStream then the client has to ask again, with the credentials that it has by then
 * @param legacyServers makes calls to servers that only speak legacy revisions
 * @param trusted the same that the router asks
 * @param states opens the IDs that clients have of tasks
 */
public record ModernServices(
        ServerInfo gateway,
        boolean instructions,
        Duration heartbeat,
        Duration longestStream,
        SnapshotCell cell,
        ListPages lists,
        ClientStreams streams,
        ServerSubscriptions subscriptions,
        ModernCallBridge legacyServers,
        TrustedHeaders trusted,
        RequestStates states,
        Clock clock,
        GatewayMetrics metrics) {
    public ModernServices {
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(heartbeat, "heartbeat");
        Objects.requireNonNull(longestStream, "longestStream");
        Objects.requireNonNull(cell, "cell");
        Objects.requireNonNull(lists, "lists");
        Objects.requireNonNull(streams, "streams");
        Objects.requireNonNull(subscriptions, "subscriptions");
        Objects.requireNonNull(legacyServers, "legacyServers");
        Objects.requireNonNull(trusted, "trusted");
        Objects.requireNonNull(states, "states");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(metrics, "metrics");
    }
}
