package io.mcpgateway.runtime;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Threads that do not log, whatever their code says: the thread that a quiet thread starts is quiet too. For work that
 * nobody asked for, such as a warm-up.
 */
public final class QuietThreads implements AutoCloseable {
    private static final InheritableThreadLocal<QuietThreads> MARK = new InheritableThreadLocal<>();

    private volatile boolean over;

    private QuietThreads() {}

    /** A thread with this task that is not started yet. It and its descendants are quiet until {@link #close}. */
    public Thread thread(String name, Runnable task) {
        return Thread.ofPlatform().name(name).daemon().unstarted(() -> {
            MARK.set(this);
            task.run();
        });
    }

    /** There are none yet. */
    public static QuietThreads begin() {
        return new QuietThreads();
    }

    /** Threads that are left, such as those of libraries that everybody shares, log again. */
    @Override
    public void close() {
        over = true;
    }

    private static boolean isQuiet() {
        QuietThreads mark = MARK.get();
        return mark != null && !mark.over;
    }

    /** Drops what quiet threads log. */
    static Filter<ILoggingEvent> filter() {
        return new Filter<>() {
            @Override
            public FilterReply decide(ILoggingEvent event) {
                return isQuiet() ? FilterReply.DENY : FilterReply.NEUTRAL;
            }
        };
    }
}
