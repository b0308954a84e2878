package io.mcpgateway.broker.hairpin;

import io.mcpgateway.broker.endpoint.modern.ResourceUpdate;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.endpoint.modern.ServerUpdate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client's subscription at one server, whatever revision the server speaks, until the client leaves. */
public final class OpenSubscription implements ServerSubscriptions.Listening {
    private static final Logger log = LoggerFactory.getLogger(OpenSubscription.class);

    /** Talks to the server. */
    @FunctionalInterface
    public interface Work {
        /** Returns when the server has nothing more to tell; an interrupt says that the client has left. */
        void run(OpenSubscription subscription) throws InterruptedException;
    }

    private final ServerSubscriptions.Wish wish;
    private final ServerSubscriptions.Updates updates;
    private final CompletableFuture<Set<String>> acknowledged = new CompletableFuture<>();
    private final Thread thread;

    private OpenSubscription(
            ServerSubscriptions.Wish wish, ServerSubscriptions.Updates updates, Work work, Runnable afterwards) {
        this.wish = wish;
        this.updates = updates;
        this.thread = Thread.ofVirtual().name("server-subscription").unstarted(() -> run(work, afterwards));
    }

    static OpenSubscription start(
            ServerSubscriptions.Wish wish, ServerSubscriptions.Updates updates, Work work, Runnable afterwards) {
        OpenSubscription subscription = new OpenSubscription(wish, updates, work, afterwards);
        subscription.thread.start();
        return subscription;
    }

    private void run(Work work, Runnable afterwards) {
        try {
            work.run(this);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            log.error("subscription at a server broke server={}", wish.server().name(), bug);
        } finally {
            acknowledged.complete(Set.of());
            afterwards.run();
        }
    }

    /** What the client wants to know. */
    public ServerSubscriptions.Wish wish() {
        return wish;
    }

    /** Whether the server has acknowledged the subscription. */
    public boolean isAcknowledged() {
        return acknowledged.isDone();
    }

    /**
     * Takes the server's word that it will tell of these resources. Only the first one counts: a later one comes after a
     * gap, and what changed in between nobody knows, so every resource counts as changed then.
     *
     * @return the URIs that the server acknowledged first
     * @throws InterruptedException if nobody listens any more
     */
    public Set<String> acknowledge(Set<String> uris) throws InterruptedException {
        return acknowledge(uris, uri -> Optional.of(ResourceUpdate.of(uri)));
    }

    /**
     * The same of resources or tasks.
     *
     * @param afterGap what to tell of each of them after a gap
     */
    Set<String> acknowledge(Set<String> names, AfterGap afterGap) throws InterruptedException {
        if (!acknowledged.complete(Set.copyOf(names))) {
            for (String name : acknowledged.join()) {
                Optional<ServerUpdate> update = afterGap.of(name);
                if (update.isPresent()) {
                    tell(update.get());
                }
            }
        }
        return acknowledged.join();
    }

    /** Finds out what may have been missed. */
    @FunctionalInterface
    interface AfterGap {
        Optional<ServerUpdate> of(String name) throws InterruptedException;
    }

    /**
     * Passes on what the server says, to end the reading if nobody listens any more.
     *
     * @throws InterruptedException if nobody does; the subscription is closed then
     */
    public void tell(ServerUpdate update) throws InterruptedException {
        if (!told(update)) {
            throw new InterruptedException("nobody listens any more");
        }
    }

    /** Passes on what the server says; answers whether anybody still listens, and closes the subscription if not. */
    public boolean told(ServerUpdate update) throws InterruptedException {
        boolean listens = updates.updated(update);
        if (!listens) {
            close();
        }
        return listens;
    }

    @Override
    public Set<String> honoured(Duration patience) throws InterruptedException {
        try {
            return acknowledged.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            log.debug("a server is slow to acknowledge server={}", wish.server().name());
            return Set.of();
        } catch (ExecutionException never) {
            throw new IllegalStateException("it is only ever completed with a value", never);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
