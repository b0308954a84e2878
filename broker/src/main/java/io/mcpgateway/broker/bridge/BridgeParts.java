package io.mcpgateway.broker.bridge;

import io.mcpgateway.api.contract.CallTimeout;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.telemetry.BridgeMetrics;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What every bridged call works with.
 *
 * @param requests counts the requests to servers: their IDs
 * @param patience how long a server or a client may keep a call waiting that has no limit of its own
 */
record BridgeParts(
        ServerAccess access,
        ServerRequestIds ids,
        CallsInProgress inProgress,
        AtomicLong requests,
        BridgeMetrics metrics,
        Consumer<ServerName> doubted,
        Duration patience) {
    static final Duration DEFAULT_PATIENCE = CallTimeout.SILENCE;

    BridgeParts {
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(inProgress, "inProgress");
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(doubted, "doubted");
        Objects.requireNonNull(patience, "patience");
    }
}
