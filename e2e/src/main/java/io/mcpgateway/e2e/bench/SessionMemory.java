package io.mcpgateway.e2e.bench;

import static io.mcpgateway.e2e.bench.BenchRuns.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures the memory of open sessions: the heap after a full collection, with and without them. */
final class SessionMemory {
    private final BenchBed bed;
    private final int sessions;
    private final Figures figures;

    /** @param figures get what is measured */
    SessionMemory(BenchBed bed, int sessions, Figures figures) {
        this.bed = bed;
        this.sessions = sessions;
        this.figures = figures;
    }

    BenchRow measure() throws IOException {
        ProcessMeter broker = bed.broker();
        List<String> ids = new ArrayList<>();
        try (RawConnection connection = RawConnection.open(bed.gatewayPort())) {
            long empty = broker.heapKibibytes();
            for (int i = 0; i < sessions; i++) {
                ids.add(BenchTraffic.open(connection));
            }
            double open = (double) (broker.heapKibibytes() - empty) / sessions;
            for (String id : ids) {
                connection.exchange(connection.request("POST", BenchTraffic.call(BenchBed.TOOL), Optional.of(id)));
            }
            double called = (double) (broker.heapKibibytes() - empty) / sessions;
            for (String id : ids) {
                BenchTraffic.end(connection, id);
            }
            double ended = (double) (broker.heapKibibytes() - empty) / sessions;
            String name = "heap per session";
            figures.one(name, "open, KiB", open);
            figures.one(name, "with a call, KiB", called);
            figures.one(name, "ended, KiB", ended);
            return BenchRow.judged(
                    name + ": open / with a call / ended",
                    text("%.2f / %.2f / %.2f KiB (%d sessions)", open, called, ended, sessions),
                    "<= 2 / 4 KiB, freed after DELETE",
                    open <= 2 && called <= 4 && ended <= 0.5);
        }
    }
}
