package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.catalog.ToolCatalog.ServedTool;
import io.mcpgateway.broker.catalog.ToolView;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.mcp.RawJson;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import java.time.Duration;
import java.util.List;

/**
 * Follows the snapshot on a thread of its own and leaves word at the streams whose visible tools really changed, so
 * that whoever changes the snapshot never waits for a stream. Changes that come while it compares are taken together.
 * Between changes it ends streams whose clients stopped reading.
 */
public final class ListChangedPublisher implements AutoCloseable {
    private static final int STUCK_AFTER_HEARTBEATS = 2;

    private final SnapshotCell cell;
    private final SessionStreams streams;
    private final Duration heartbeat;
    private final Thread thread;

    private ListChangedPublisher(SnapshotCell cell, SessionStreams streams, Duration heartbeat) {
        this.cell = cell;
        this.streams = streams;
        this.heartbeat = heartbeat;
        GatewaySnapshot first = cell.get();
        this.thread = Thread.ofVirtual().name("list-changed").unstarted(() -> follow(first));
    }

    /** Changes from now on are published. */
    public static ListChangedPublisher start(SnapshotCell cell, SessionStreams streams, Duration heartbeat) {
        ListChangedPublisher publisher = new ListChangedPublisher(cell, streams, heartbeat);
        publisher.thread.start();
        return publisher;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void follow(GatewaySnapshot first) {
        GatewaySnapshot seen = first;
        try {
            while (true) {
                GatewaySnapshot before = seen;
                GatewaySnapshot after = cell.awaitAfter(before.revision(), heartbeat);
                if (after.revision() != before.revision()) {
                    streams.listChanged(request -> !visible(request, before).equals(visible(request, after)));
                }
                streams.closeStuck(System.nanoTime(), heartbeat.multipliedBy(STUCK_AFTER_HEARTBEATS));
                seen = after;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<RawJson> visible(ViewRequest request, GatewaySnapshot snapshot) {
        ToolView view = ToolView.resolve(request, snapshot.table());
        return snapshot.catalog().tools().values().stream()
                .filter(tool -> view.shows(tool.name(), tool.route()))
                .map(ServedTool::json)
                .toList();
    }
}
