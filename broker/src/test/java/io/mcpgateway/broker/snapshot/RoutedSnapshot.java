package io.mcpgateway.broker.snapshot;

import io.mcpgateway.broker.catalog.RouteTable;

/** A snapshot for tests that need no more than what the router needs. */
public final class RoutedSnapshot {
    private RoutedSnapshot() {}

    /** Routes by this table, and serves nothing else. */
    public static GatewaySnapshot of(RouteTable table) {
        GatewaySnapshot empty = GatewaySnapshot.EMPTY;
        return new GatewaySnapshot(
                1,
                empty.config(),
                "hash",
                empty.pinned(),
                empty.reports(),
                empty.catalog(),
                table,
                empty.lists(),
                empty.search(),
                empty.gatewayProblem());
    }
}
