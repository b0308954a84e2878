package io.mcpgateway.broker.discovery;

import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.McpMethod;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What is announced to a loop while it works or waits. Repetitions coalesce, so it never holds more than six. */
final class Signals {
    enum Signal {
        WATCH_OPENED,
        TOOLS_CHANGED,
        PROMPTS_CHANGED,
        RESOURCES_CHANGED,
        WATCH_ENDED,
        DOUBTED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private final Set<Signal> pending = EnumSet.noneOf(Signal.class);
    /** What the stream that was opened last announces. */
    private Set<CapabilityKind> watched = Set.of();

    /** Takes a notification of the server; those that announce no changed list mean nothing here. */
    void notified(String method) {
        switch (McpMethod.of(method).orElse(null)) {
            case TOOLS_CHANGED -> raise(Signal.TOOLS_CHANGED);
            case PROMPTS_CHANGED -> raise(Signal.PROMPTS_CHANGED);
            case RESOURCES_CHANGED -> raise(Signal.RESOURCES_CHANGED);
            case null, default -> {}
        }
    }

    /** The stream of announcements was opened. */
    void watching(Set<CapabilityKind> kinds) {
        lock.lock();
        try {
            // Opened and ended exclude each other: the later one is the truth.
            pending.remove(Signal.WATCH_ENDED);
            watched = Set.copyOf(kinds);
            pending.add(Signal.WATCH_OPENED);
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void raise(Signal signal) {
        lock.lock();
        try {
            pending.add(signal);
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next signal as an event, at the latest after {@code longest}. */
    DiscoveryEvent await(Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        lock.lock();
        try {
            while (pending.isEmpty() && left > 0) {
                left = raised.awaitNanos(left);
            }
            Iterator<Signal> first = pending.iterator();
            if (!first.hasNext()) {
                return new DiscoveryEvent.Elapsed();
            }
            Signal signal = first.next();
            first.remove();
            return switch (signal) {
                case WATCH_OPENED -> new DiscoveryEvent.WatchOpened(watched);
                case TOOLS_CHANGED -> new DiscoveryEvent.Changed(Set.of(CapabilityKind.TOOL));
                case PROMPTS_CHANGED -> new DiscoveryEvent.Changed(Set.of(CapabilityKind.PROMPT));
                case RESOURCES_CHANGED ->
                    new DiscoveryEvent.Changed(Set.of(CapabilityKind.RESOURCE, CapabilityKind.RESOURCE_TEMPLATE));
                case WATCH_ENDED -> new DiscoveryEvent.WatchEnded();
                case DOUBTED -> new DiscoveryEvent.Doubted();
            };
        } finally {
            lock.unlock();
        }
    }
}
