package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** The notifications and requests that a client on the Java MCP SDK gets during a step. */
final class Ears {
    private static final int TRIES = 500;
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    private final Map<String, List<Object>> heard = new ConcurrentHashMap<>();

    void clear() {
        heard.clear();
    }

    void add(String kind, Object value) {
        heard.computeIfAbsent(kind, any -> new CopyOnWriteArrayList<>()).add(value);
    }

    int count(String kind) {
        return heard.getOrDefault(kind, List.of()).size();
    }

    /** Waits for this many of a kind; returns how many there are. */
    int await(String kind, int number) {
        for (int tries = 0; tries < TRIES && count(kind) < number; tries++) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return count(kind);
    }

    /** The first of a kind, after a while. */
    Map<String, Object> first(String kind) {
        return await(kind, 1) == 0
                ? Map.of()
                : Map.of(kind, heard.getOrDefault(kind, List.of()).getFirst());
    }

    /**
     * What has arrived, once there are this many of a kind: notifications may be handled after the response. The SDK
     * handles several at a time, so their order means nothing.
     */
    Map<String, List<Object>> all(JsonNode hears) {
        hears.properties().forEach(kind -> await(kind.getKey(), kind.getValue().asInt()));
        Map<String, List<Object>> sorted = new HashMap<>(heard);
        sorted.replaceAll((kind, events) ->
                events.stream().sorted(Comparator.comparing(Object::toString)).toList());
        return sorted;
    }
}
