package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.endpoint.modern.ResourceUpdate;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.endpoint.modern.ServerUpdate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Servers that honour what they are told to, and tell of changes when a test says so. */
final class RecordingSubscriptions implements ServerSubscriptions {
    /** The URIs that servers tell of. */
    final Set<String> known = ConcurrentHashMap.newKeySet();

    /** Those that are open. */
    final List<Open> open = new CopyOnWriteArrayList<>();

    record Open(Wish wish, Updates updates) {}

    @Override
    public Listening listen(Wish wish, Updates updates) {
        Open opened = new Open(wish, updates);
        open.add(opened);
        return new Listening() {
            @Override
            public Set<String> honoured(Duration patience) {
                Set<String> honoured = new HashSet<>(wish.uris());
                wish.tasks().forEach(task -> honoured.add(task.id()));
                honoured.retainAll(known);
                return honoured;
            }

            @Override
            public void close() {
                open.remove(opened);
            }
        };
    }

    /** Every server that is asked says this. */
    void tell(ServerUpdate update) throws InterruptedException {
        for (Open each : open) {
            each.updates().updated(update);
        }
    }

    /** Every server that is asked about resources says that this one has changed. */
    void updated(String uri) throws InterruptedException {
        for (Open each : open) {
            each.updates().updated(ResourceUpdate.of(uri));
        }
    }
}
