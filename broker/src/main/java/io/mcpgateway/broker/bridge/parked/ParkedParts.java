package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.bridge.pool.SessionPool;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.limits.ParkedCalls;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.telemetry.BridgeMetrics;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What every call works with.
 *
 * @param replica under which this process knows its calls again; new with each start
 * @param gateway name and version of the gateway, a JSON object
 * @param requests counts the requests to servers: their IDs
 * @param doubted hears of servers whose answers show that they speak other revisions now
 */
record ParkedParts(
        McpHttpClient client,
        SessionPool pool,
        ParkedCalls places,
        RequestStates states,
        Supplier<Replica> replica,
        RawJson gateway,
        ParkedSettings settings,
        InstantSource clock,
        AtomicLong requests,
        BridgeMetrics metrics,
        Consumer<ServerName> doubted) {
    /** The first is the pool's initialize. */
    private static final long FIRST_REQUEST = 1;

    ParkedParts {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(places, "places");
        Objects.requireNonNull(states, "states");
        Objects.requireNonNull(replica, "replica");
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(doubted, "doubted");
    }

    static ParkedParts of(LegacyServerCalls.Parts outer) {
        String replica = outer.ids().get();
        return new ParkedParts(
                outer.access().client(),
                outer.pool(),
                outer.places(),
                outer.states(),
                () -> new Replica(replica, outer.address().get()),
                outer.gateway(),
                outer.settings(),
                outer.access().clock(),
                new AtomicLong(FIRST_REQUEST),
                outer.metrics(),
                outer.doubted());
    }
}
