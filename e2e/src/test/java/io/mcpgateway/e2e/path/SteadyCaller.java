package io.mcpgateway.e2e.path;

import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls one tool repeatedly in the background and records errors. */
final class SteadyCaller implements AutoCloseable {
    private final McpClient client;
    private final String tool;
    private final String expected;
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;

    private SteadyCaller(McpClient client, String tool, String expected) {
        this.client = client;
        this.tool = tool;
        this.expected = expected;
        this.thread = Thread.ofVirtual().unstarted(this::run);
    }

    /** Starts calling; every response must be {@code expected}. */
    static SteadyCaller start(McpClient client, String tool, String expected) {
        SteadyCaller caller = new SteadyCaller(client, tool, expected);
        caller.thread.start();
        return caller;
    }

    /** Waits for some more responses, so earlier actions have had their effect on calls. */
    void awaitMore(int calls) {
        int target = answered.get() + calls;
        await(calls + " more answers for " + tool)
                .atMost(Duration.ofSeconds(20))
                .until(() -> answered.get() + failures.size() >= target);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    private void run() {
        while (!stopped) {
            try {
                String text = client.call(tool, "{}").text();
                if (text.equals(expected)) {
                    answered.incrementAndGet();
                } else {
                    failures.add(text);
                }
            } catch (IOException | RuntimeException e) {
                if (!stopped) {
                    failures.add(e.toString());
                }
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
