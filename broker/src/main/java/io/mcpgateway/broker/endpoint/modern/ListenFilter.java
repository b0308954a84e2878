package io.mcpgateway.broker.endpoint.modern;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.McpMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which notifications a subscription is about (MCP 2026-07-28, "Subscriptions", "Notification Filter"). Pure.
 *
 * @param changes the notifications of changed lists
 * @param resources URIs of the resources whose changes are wanted, as the client wrote them
 * @param tasks IDs of tasks whose changes are wanted (SEP-2663, "Task Status Notifications")
 */
public record ListenFilter(Set<McpMethod> changes, List<String> resources, List<String> tasks) {
    private static final String RESOURCES = "resourceSubscriptions";
    private static final String TASKS = "taskIds";
    private static final Map<McpMethod, String> LISTS = lists();

    public ListenFilter {
        changes = Set.copyOf(changes);
        resources = List.copyOf(resources);
        tasks = List.copyOf(tasks);
    }

    /** What the {@code params} of a message say. */
    public sealed interface Reading {
        record Asked(ListenFilter filter) implements Reading {
            public Asked {
                Objects.requireNonNull(filter, "filter");
            }
        }

        /** It says something that the schema does not allow. */
        record Invalid(String problem) implements Reading {
            public Invalid {
                Objects.requireNonNull(problem, "problem");
            }
        }
    }

    /** Not about lists. */
    public static ListenFilter of(List<String> uris, List<String> tasks) {
        return new ListenFilter(Set.of(), uris, tasks);
    }

    /** Reads the {@code params} of a whole message; what it does not know it leaves out. */
    public static Reading read(RawJson body) {
        FilterReading reading = new FilterReading();
        body.read(json -> ObjectMembers.read(json, ObjectMembers.inside("params", reading::visitParam)));
        return reading.result();
    }

    /**
     * What of it the gateway delivers: changes of every list, also of one that is empty now.
     *
     * @param uris the resources of which a server will tell
     * @param ids the tasks of which a server will tell
     */
    ListenFilter honoured(List<String> uris, List<String> ids) {
        return new ListenFilter(changes, uris, ids);
    }

    /** The {@code notifications} of a message, in the order of the specification. */
    public RawJson json() {
        List<String> members = new ArrayList<>();
        LISTS.forEach((method, member) -> {
            if (changes.contains(method)) {
                members.add(JsonText.quote(member) + ":true");
            }
        });
        addTo(members, RESOURCES, resources);
        addTo(members, TASKS, tasks);
        return RawJson.of('{' + String.join(",", members) + '}');
    }

    private static void addTo(List<String> members, String name, List<String> values) {
        if (!values.isEmpty()) {
            members.add(JsonText.quote(name) + ":["
                    + String.join(",", values.stream().map(JsonText::quote).toList()) + ']');
        }
    }

    private static Map<McpMethod, String> lists() {
        Map<McpMethod, String> lists = new LinkedHashMap<>();
        lists.put(McpMethod.TOOLS_CHANGED, "toolsListChanged");
        lists.put(McpMethod.PROMPTS_CHANGED, "promptsListChanged");
        lists.put(McpMethod.RESOURCES_CHANGED, "resourcesListChanged");
        return lists;
    }

    private static final class FilterReading {
        private final Set<McpMethod> changes = EnumSet.noneOf(McpMethod.class);
        private final List<String> resources = new ArrayList<>();
        private final List<String> tasks = new ArrayList<>();
        private boolean present;
        private Optional<String> problem = Optional.empty();

        private Reading result() {
            if (problem.isPresent()) {
                return new Reading.Invalid(problem.get());
            }
            return present
                    ? new Reading.Asked(new ListenFilter(changes, resources, tasks))
                    : new Reading.Invalid("params.notifications must be an object: the notifications to listen for");
        }

        private boolean visitParam(String name, JsonParser value) throws IOException {
            if (!name.equals("notifications") || value.currentToken() != JsonToken.START_OBJECT) {
                return true;
            }
            present = true;
            return ObjectMembers.within(value, this::visitFilter);
        }

        private boolean visitFilter(String name, JsonParser value) throws IOException {
            if (name.equals(RESOURCES)) {
                return visitStrings(name, value, resources);
            }
            if (name.equals(TASKS)) {
                return visitStrings(name, value, tasks);
            }
            for (Map.Entry<McpMethod, String> list : LISTS.entrySet()) {
                if (list.getValue().equals(name)) {
                    return visitList(list.getKey(), name, value);
                }
            }
            return true;
        }

        private boolean visitList(McpMethod method, String name, JsonParser value) {
            switch (value.currentToken()) {
                case VALUE_TRUE -> changes.add(method);
                case VALUE_FALSE -> {}
                default -> problem = Optional.of("params.notifications." + name + " must be true or false");
            }
            return problem.isEmpty();
        }

        private boolean visitStrings(String name, JsonParser value, List<String> into) throws IOException {
            boolean strings = value.currentToken() == JsonToken.START_ARRAY;
            while (strings && value.nextToken() != JsonToken.END_ARRAY) {
                strings = value.currentToken() == JsonToken.VALUE_STRING;
                if (strings) {
                    into.add(value.getText());
                }
            }
            if (!strings) {
                problem = Optional.of("params.notifications." + name + " must be an array of strings");
            }
            return strings;
        }
    }
}
