package io.mcpgateway.broker.client.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lists whose changes are announced in a subscription (MCP 2026-07-28, Subscriptions, "Notification Filter").
 * Resources and resource templates are announced together.
 */
public record ListChanges(Set<CapabilityKind> kinds) {
    private static final ObjectMapper TREES = new ObjectMapper();

    public ListChanges {
        kinds = Set.copyOf(kinds);
    }

    /** The object {@code notifications}. */
    public RawJson filter() {
        return RawJson.of(kinds.stream()
                .map(ListChanges::member)
                .distinct()
                .sorted()
                .map(member -> "\"" + member + "\":true")
                .collect(Collectors.joining(",", "{", "}")));
    }

    /** What the server will announce, of its {@code notifications/subscriptions/acknowledged}. */
    public static ListChanges acknowledged(RawJson message) {
        JsonNode filter;
        try {
            filter = TREES.readTree(message.bytes()).path("params").path("notifications");
        } catch (IOException tooDeep) {
            return new ListChanges(Set.of());
        }
        return new ListChanges(Arrays.stream(CapabilityKind.values())
                .filter(kind -> filter.path(member(kind)).asBoolean())
                .collect(Collectors.toSet()));
    }

    private static String member(CapabilityKind kind) {
        return switch (kind) {
            case TOOL -> "toolsListChanged";
            case PROMPT -> "promptsListChanged";
            case RESOURCE, RESOURCE_TEMPLATE -> "resourcesListChanged";
        };
    }
}
