package io.mcpgateway.controller.doctor.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Does many things at once, and waits for all of them no longer than until a deadline. */
public final class Deadline implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final long end;

    public Deadline(Duration from) {
        end = System.nanoTime() + from.toNanos();
    }

    /**
     * The results by key.
     *
     * @param late what stands for one that did not come in time or failed, given why
     */
    public <K, V> Map<K, V> all(Map<K, Callable<V>> tasks, Function<String, V> late) throws InterruptedException {
        Map<K, Future<V>> running = new HashMap<>();
        tasks.forEach((key, task) -> running.put(key, threads.submit(task)));
        Map<K, V> results = new HashMap<>();
        for (Map.Entry<K, Future<V>> entry : running.entrySet()) {
            results.put(entry.getKey(), result(entry.getValue(), late));
        }
        return results;
    }

    private <V> V result(Future<V> future, Function<String, V> late) throws InterruptedException {
        try {
            return future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooSlow) {
            future.cancel(true);
            return late.apply("no answer in time");
        } catch (ExecutionException failed) {
            return late.apply(String.valueOf(failed.getCause()));
        }
    }

    /** Does not wait for what is late. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
