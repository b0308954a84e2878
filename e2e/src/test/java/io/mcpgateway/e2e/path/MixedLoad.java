package io.mcpgateway.e2e.path;

import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that call a tool, list tools and start sessions, all the time, without retries. Each call has its own
 * argument, so a server notices if one arrives twice.
 */
final class MixedLoad implements AutoCloseable {
    private static final Duration END_LIMIT = Duration.ofSeconds(60);

    private final URI url;
    private final String tool;
    private final List<McpClient> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    private MixedLoad(URI url, String tool) {
        this.url = url;
        this.tool = tool;
    }

    /**
     * Starts that many clients.
     *
     * @param tool answers with its name, without prefix
     */
    static MixedLoad start(URI url, String tool, int count) throws IOException {
        MixedLoad load = new MixedLoad(url, tool);
        for (int number = 0; number < count; number++) {
            load.clients.add(McpClient.connect(url));
        }
        for (McpClient client : load.clients) {
            load.threads.add(Thread.startVirtualThread(() -> load.live(client)));
        }
        return load;
    }

    /** Calls with the right response. */
    int calls() {
        return calls.get();
    }

    /** Calls with another response, or none. */
    List<String> lost() {
        return List.copyOf(lost);
    }

    void awaitMore(int count) {
        int wanted = calls.get() + count;
        await(count + " more calls").atMost(Duration.ofSeconds(60)).until(() -> calls.get() + lost.size() >= wanted);
    }

    private void live(McpClient client) {
        for (int turn = 0; !stopped; turn++) {
            try {
                switch (turn % 4) {
                    case 2 -> list(client);
                    case 3 -> begin(client);
                    default -> call(client);
                }
            } catch (IOException | RuntimeException e) {
                lost.add(e.toString());
            }
        }
    }

    private void call(McpClient client) throws IOException {
        String number = client.session().orElseThrow().hashCode() + "-" + System.nanoTime();
        String text = client.call(tool, "{\"number\":\"" + number + "\"}").text();
        if (tool.endsWith("_" + text)) {
            calls.incrementAndGet();
        } else {
            lost.add("call: " + text);
        }
    }

    private void list(McpClient client) throws IOException {
        if (client.toolNames().contains(tool)) {
            others.incrementAndGet();
        } else {
            lost.add("the list is without " + tool);
        }
    }

    private void begin(McpClient client) throws IOException {
        Reply reply = client.post(McpClient.INITIALIZE, Map.of());
        if (reply.header("mcp-session-id").isPresent()) {
            others.incrementAndGet();
        } else {
            lost.add("initialize: " + reply);
        }
    }

    @Override
    public String toString() {
        return calls + " calls, " + others + " lists and initializes answered, " + lost.size() + " lost, from "
                + clients.size() + " clients of " + url;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join(END_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clients.forEach(McpClient::close);
    }
}
