package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.client.McpClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One session that calls a tool all the time; a failed call is repeated once, and a second failure is recorded. */
final class PatientCaller implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** What a client does before it tries again. */
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(1);

    private final McpClient client;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    private PatientCaller(McpClient client) {
        this.client = client;
        this.thread = Thread.ofVirtual().name("patient-caller").unstarted(this::live);
    }

    static PatientCaller start(URI url) throws IOException {
        PatientCaller caller = new PatientCaller(McpClient.connect(url));
        caller.thread.start();
        return caller;
    }

    /** Calls that failed twice, with both responses. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Waits for this number of further calls. */
    void awaitCalls(int more) {
        int wanted = calls.get() + more;
        long end = System.nanoTime() + Kubectl.LIMIT.toNanos();
        while (calls.get() < wanted) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("no " + more + " calls within " + Kubectl.LIMIT + "; " + this);
            }
            pause(PAUSE);
        }
    }

    private void live() {
        while (!pause(PAUSE)) {
            String first = call();
            if (!first.isEmpty()) {
                retries.incrementAndGet();
                pause(BEFORE_RETRY);
                String second = call();
                if (!second.isEmpty()) {
                    problems.add(first + ", then " + second);
                }
            }
            calls.incrementAndGet();
        }
    }

    /** Empty if the tool answered. */
    private String call() {
        try {
            String text =
                    client.call("test2_hello_world", "{\"name\":\"again\"}").text();
            return "Hello, again!".equals(text) ? "" : text;
        } catch (IOException | IllegalStateException e) {
            return e.toString();
        }
    }

    /** Whether to stop. */
    private boolean pause(Duration time) {
        try {
            return stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public String toString() {
        return calls + " calls, " + retries + " retries, " + problems.size() + " lost";
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
