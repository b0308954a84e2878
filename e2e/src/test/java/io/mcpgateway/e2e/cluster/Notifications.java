package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.client.McpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** The stream on which a session gets messages from the server. */
final class Notifications implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private Notifications() {}

    /** Opens the stream; everything that the server sends after this returns is received. */
    static Notifications of(McpClient client, URI url) throws IOException {
        Notifications notifications = new Notifications();
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Accept", "text/event-stream")
                .header("Mcp-Session-Id", client.session().orElseThrow())
                .header("Mcp-Protocol-Version", McpClient.PROTOCOL)
                .build();
        try {
            HttpResponse<Stream<String>> response =
                    notifications.http.send(request, HttpResponse.BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                throw new IOException("GET " + url + " answered " + response.statusCode());
            }
            Thread.ofVirtual().start(() -> notifications.read(response.body()));
            return notifications;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** How often the server has announced a change of its tools. */
    long toolChanges() {
        return lines.stream()
                .filter(line -> line.contains("notifications/tools/list_changed"))
                .count();
    }

    private void read(Stream<String> body) {
        try (body) {
            body.forEach(lines::add);
        } catch (java.io.UncheckedIOException e) {
            // The scenario is over, or its assertion shows what it missed.
            lines.add(": ended by " + e.getMessage());
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
