package io.mcpgateway.e2e.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The content of the broker's {@code /status}.
 *
 * @param revision increases with every change
 * @param configHash SHA-256 of the config.yaml in force
 * @param servers enabled ones, in the order of the file
 */
record GatewayState(long revision, String configHash, List<Server> servers) {
    /**
     * One server.
     *
     * @param message the last event, in one line
     */
    record Server(String name, boolean ready, String message) {}

    GatewayState {
        servers = List.copyOf(servers);
    }

    /** Asks the broker. */
    static GatewayState read(URI status) throws IOException {
        try (McpClient client = McpClient.of(status)) {
            Reply reply = client.send("GET", Map.of());
            if (reply.status() != 200) {
                throw new IOException(status + " answered " + reply);
            }
            return of(reply.json());
        } catch (IllegalStateException notJson) {
            throw new IOException(status + ": " + notJson.getMessage(), notJson);
        }
    }

    static GatewayState of(JsonNode document) {
        List<Server> servers = new ArrayList<>();
        for (JsonNode server : document.path("servers")) {
            if (!"Disabled".equals(server.path("state").asText())) {
                servers.add(new Server(
                        server.path("name").asText(),
                        server.path("ready").asBoolean(),
                        server.path("message").asText()));
            }
        }
        return new GatewayState(
                document.path("revision").asLong(), document.path("configHash").asText(), servers);
    }

    List<Server> notReady() {
        return servers.stream().filter(server -> !server.ready()).toList();
    }
}
