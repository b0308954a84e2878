package io.mcpgateway.broker.endpoint.streams;

import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.CapabilityView.Listed;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Follows the snapshot on its own thread and notifies the streams whose visible lists actually changed, so
 * changing the snapshot never waits for a stream. Changes that arrive while it compares are combined.
 * Between changes, it ends streams whose clients have stopped reading.
 */
public final class ListChangedPublisher implements AutoCloseable {
    private static final int STUCK_AFTER_HEARTBEATS = 2;

    private final SnapshotCell cell;
    private final ClientStreams streams;
    private final Duration heartbeat;
    private final Thread thread;

    private ListChangedPublisher(SnapshotCell cell, ClientStreams streams, Duration heartbeat) {
        this.cell = cell;
        this.streams = streams;
        this.heartbeat = heartbeat;
        GatewaySnapshot first = cell.get();
        this.thread = Thread.ofVirtual().name("list-changed").unstarted(() -> follow(first));
    }

    /** Changes from now on are published. */
    public static ListChangedPublisher start(SnapshotCell cell, ClientStreams streams, Duration heartbeat) {
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
                    streams.listChanged(request -> changed(request, before, after));
                }
                streams.closeStuck(System.nanoTime(), heartbeat.multipliedBy(STUCK_AFTER_HEARTBEATS));
                seen = after;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Which lists changed for callers with this view. */
    private static Set<CapabilityKind> changed(ViewRequest request, GatewaySnapshot before, GatewaySnapshot after) {
        CapabilityView then = CapabilityView.resolve(request, before.table());
        CapabilityView now = CapabilityView.resolve(request, after.table());
        Set<CapabilityKind> changed = EnumSet.noneOf(CapabilityKind.class);
        for (CapabilityKind kind : CapabilityKind.values()) {
            if (!then.equals(now) && !visible(kind, then).equals(visible(kind, now))) {
                changed.add(kind);
            }
        }
        return changed;
    }

    private static List<RawJson> visible(CapabilityKind kind, CapabilityView view) {
        return view.listed(kind).map(Listed::json).toList();
    }
}
