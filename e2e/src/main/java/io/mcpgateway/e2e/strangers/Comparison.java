package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what a client saw through the gateway with what it saw directly. */
final class Comparison {
    private static final List<String> PROMISED = List.of("tools", "prompts", "resources", "logging", "completions");
    private static final List<String> NOTIFIED = List.of("progress", "log", "updated", "changed");
    /** The names of tools that other clients add while this one lists them. */
    private static final String GROWN = "grown_";

    private static final int SHOWN = 400;

    private Comparison() {}

    /**
     * The difference, empty if there is none.
     *
     * @param step the step in the plan
     * @param prefix of the server's names in the gateway
     */
    static Optional<String> difference(JsonNode step, String prefix, JsonNode direct, JsonNode through) {
        return ofHopsRemoved(step, prefix, HopMembers.removed(direct), HopMembers.removed(through));
    }

    private static Optional<String> ofHopsRemoved(JsonNode step, String prefix, JsonNode direct, JsonNode through) {
        return switch (step.path("do").asText()) {
            case "initialize" -> session(direct, through);
            case "tools" -> tools(step, byKey(direct, "name", ""), byKey(through, "name", prefix));
            case "prompts" -> unlike(byKey(direct, "name", ""), byKey(through, "name", prefix));
            case "resources" -> within(byKey(direct, "uri", ""), byKey(through, "uri", ""));
            case "templates" -> within(byKey(direct, "uriTemplate", ""), byKey(through, "uriTemplate", ""));
            case "call" -> unlike(counted(step, direct), counted(step, through));
            case "cancel" -> told(direct) ? unlike(direct, through) : Optional.empty();
            case "changed" -> changed(direct, through);
            default -> unlike(direct, through);
        };
    }

    /** A gateway never lists some tools, and lists tools to all clients that a server only shows to some. */
    private static Optional<String> tools(JsonNode step, Map<String, JsonNode> direct, Map<String, JsonNode> through) {
        step.path("leftOut").forEach(name -> direct.remove(name.asText()));
        Map<String, JsonNode> listed = new TreeMap<>(through);
        direct.keySet().removeIf(name -> name.startsWith(GROWN));
        listed.keySet().removeIf(name -> name.startsWith(GROWN));
        step.path("shownToSome").forEach(name -> {
            if (!direct.containsKey(name.asText())) {
                listed.remove(name.asText());
            }
        });
        return unlike(direct, listed);
    }

    /**
     * The compared parts of a call. Servers also send notifications at any time, which may arrive in any step, so only
     * those count that the step waits for. Server requests belong to the call that is answered after them.
     */
    private static JsonNode counted(JsonNode step, JsonNode seen) {
        ObjectNode counted = seen.deepCopy();
        for (String kind : NOTIFIED) {
            if (!step.path("hears").has(kind) && counted.path("heard") instanceof ObjectNode heard) {
                heard.remove(kind);
            }
        }
        if (step.has("compare")) {
            Set<String> members = new TreeSet<>();
            step.path("compare").forEach(member -> members.add(member.asText()));
            counted.retain(members);
        }
        return counted;
    }

    /** The revision is not an earlier one, and the gateway declares at least the server's capabilities. */
    private static Optional<String> session(JsonNode direct, JsonNode through) {
        Set<String> missing = new TreeSet<>();
        for (String capability : PROMISED) {
            if (direct.path("capabilities").has(capability)
                    && !through.path("capabilities").has(capability)) {
                missing.add(capability);
            }
        }
        if (!missing.isEmpty()) {
            return Optional.of("capabilities are missing: " + missing);
        }
        return through.path("version").asText().compareTo(direct.path("version").asText()) >= 0
                ? Optional.empty()
                : unlike(direct.path("version"), through.path("version"));
    }

    /** Whether the server learned that its client had given a call up; with the gateway, it may learn more. */
    private static boolean told(JsonNode direct) {
        return !direct.at("/answer/content/0/text").asText().equalsIgnoreCase("false");
    }

    /** A gateway may tell a client of changes that the server itself does not tell that client of. */
    private static Optional<String> changed(JsonNode direct, JsonNode through) {
        return direct.path("told").asBoolean()
                ? unlike(direct, through)
                : unlike(direct.path("listed"), through.path("listed"));
    }

    private static Map<String, JsonNode> byKey(JsonNode list, String key, String prefix) {
        Map<String, JsonNode> items = new TreeMap<>();
        for (JsonNode item : list) {
            String name = item.path(key).asText();
            if (name.startsWith(prefix)) {
                ObjectNode own = item.deepCopy();
                own.put(key, name.substring(prefix.length()));
                items.put(name.substring(prefix.length()), own);
            }
        }
        return items;
    }

    private static Optional<String> within(Map<String, JsonNode> direct, Map<String, JsonNode> through) {
        Map<String, JsonNode> common = new TreeMap<>(through);
        common.keySet().retainAll(direct.keySet());
        return unlike(direct, common);
    }

    private static Optional<String> unlike(Map<String, JsonNode> direct, Map<String, JsonNode> through) {
        Set<String> missing = new TreeSet<>(direct.keySet());
        missing.removeAll(through.keySet());
        Set<String> more = new TreeSet<>(through.keySet());
        more.removeAll(direct.keySet());
        if (!missing.isEmpty() || !more.isEmpty()) {
            return Optional.of("not listed: " + missing + ", listed too: " + more);
        }
        return direct.entrySet().stream()
                .flatMap(item -> unlike(item.getValue(), Objects.requireNonNull(through.get(item.getKey()))).stream())
                .findFirst();
    }

    private static Optional<String> unlike(JsonNode direct, JsonNode through) {
        return direct.equals(through)
                ? Optional.empty()
                : Optional.of("expected " + shown(direct) + ", seen " + shown(through));
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }
}
