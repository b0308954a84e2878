package io.mcpgateway.broker.discovery;

import io.mcpgateway.broker.client.ListenOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * Keeps the stream open on which a server announces changes, on its own thread, until interrupted or until the server turns out
 * not to offer it. A stream that keeps ending early is reopened more and more slowly.
 */
final class ChangeWatch implements Runnable {
    private static final Duration LASTING = Duration.ofSeconds(30);

    private final ServerLink link;
    private final Signals signals;
    private final DiscoveryTiming timing;
    private final InstantSource clock;
    private final DoubleSupplier chance;

    ChangeWatch(ServerLink link, Signals signals, DiscoveryTiming timing, InstantSource clock, DoubleSupplier chance) {
        this.link = link;
        this.signals = signals;
        this.timing = timing;
        this.clock = clock;
        this.chance = chance;
    }

    @Override
    public void run() {
        try {
            watch();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            signals.raise(Signals.Signal.WATCH_ENDED);
        }
    }

    private void watch() throws InterruptedException {
        int endedEarly = 0;
        while (true) {
            Instant start = clock.instant();
            ListenOutcome outcome = link.listen(signals::watching);
            signals.raise(Signals.Signal.WATCH_ENDED);
            if (outcome instanceof ListenOutcome.NotOffered) {
                return;
            }
            boolean lasted = Duration.between(start, clock.instant()).compareTo(LASTING) >= 0;
            endedEarly = lasted ? 1 : endedEarly + 1;
            Thread.sleep(timing.backoff(endedEarly, chance.getAsDouble()));
        }
    }
}
