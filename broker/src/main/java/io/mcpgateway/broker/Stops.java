package io.mcpgateway.broker;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started; it is stopped in the reverse order. */
final class Stops implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Stops.class);

    /** One thing to stop. */
    @FunctionalInterface
    interface Stop {
        void run() throws InterruptedException;
    }

    private final Deque<Stop> stops = new ArrayDeque<>();

    void push(Stop stop) {
        stops.push(stop);
    }

    /** If one cannot be stopped, the others are stopped all the same. */
    @Override
    public void close() {
        while (!stops.isEmpty()) {
            try {
                stops.pop().run();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException problem) {
                log.error("could not be stopped cleanly", problem);
            }
        }
    }
}
