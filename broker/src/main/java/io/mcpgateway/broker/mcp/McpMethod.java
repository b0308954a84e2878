package io.mcpgateway.broker.mcp;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The methods of MCP 2025-11-25 and 2026-07-28 that the gateway sends, answers, forwards or counts. Messages with other methods are
 * legal, but only available as text.
 */
public enum McpMethod {
    INITIALIZE("initialize"),
    PING("ping"),

    /** Since 2026-07-28 in place of both. */
    DISCOVER("server/discover"),

    TOOLS_LIST("tools/list"),
    PROMPTS_LIST("prompts/list"),
    RESOURCES_LIST("resources/list"),
    RESOURCE_TEMPLATES_LIST("resources/templates/list"),

    TOOLS_CALL("tools/call"),
    PROMPTS_GET("prompts/get"),
    RESOURCES_READ("resources/read"),
    RESOURCES_SUBSCRIBE("resources/subscribe"),
    RESOURCES_UNSUBSCRIBE("resources/unsubscribe"),
    COMPLETE("completion/complete"),

    SET_LOG_LEVEL("logging/setLevel"),

    /** Of the extension {@code io.modelcontextprotocol/tasks}, for modern revisions (SEP-2663). */
    TASKS_GET("tasks/get"),

    TASKS_UPDATE("tasks/update"),
    TASKS_CANCEL("tasks/cancel"),

    /** Since 2026-07-28 in place of the GET stream and of subscriptions to single resources. */
    LISTEN("subscriptions/listen"),

    /** Requests of servers. */
    ELICIT("elicitation/create"),

    LIST_ROOTS("roots/list"),
    CREATE_MESSAGE("sampling/createMessage"),

    INITIALIZED("notifications/initialized"),
    CANCELLED("notifications/cancelled"),
    PROGRESS("notifications/progress"),
    ROOTS_CHANGED("notifications/roots/list_changed"),
    TOOLS_CHANGED("notifications/tools/list_changed"),
    PROMPTS_CHANGED("notifications/prompts/list_changed"),
    RESOURCES_CHANGED("notifications/resources/list_changed"),
    RESOURCE_UPDATED("notifications/resources/updated"),
    MESSAGE("notifications/message"),
    TASK_CHANGED("notifications/tasks"),
    ACKNOWLEDGED("notifications/subscriptions/acknowledged");

    private static final Map<String, McpMethod> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(McpMethod::wireName, Function.identity()));

    private final String wireName;

    McpMethod(String wireName) {
        this.wireName = wireName;
    }

    /** The value of {@code method}. */
    public String wireName() {
        return wireName;
    }

    /** The same, for texts. */
    @Override
    public String toString() {
        return wireName;
    }

    /** Empty for methods that mean nothing to the gateway. */
    public static Optional<McpMethod> of(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    /** Whether requests of this method are forwarded to the one server that they name in their params. */
    public boolean isCall() {
        return switch (this) {
            case TOOLS_CALL, PROMPTS_GET, RESOURCES_READ, RESOURCES_SUBSCRIBE, RESOURCES_UNSUBSCRIBE, COMPLETE -> true;
            default -> false;
        };
    }

    /** Whether requests of this method are about one task, and forwarded to its server. */
    public boolean isAboutTask() {
        return switch (this) {
            case TASKS_GET, TASKS_UPDATE, TASKS_CANCEL -> true;
            default -> false;
        };
    }

    /** Whether modern revisions have requests of clients with this method. */
    public boolean isModernRequest() {
        return switch (this) {
            case DISCOVER,
                    TOOLS_LIST,
                    PROMPTS_LIST,
                    RESOURCES_LIST,
                    RESOURCE_TEMPLATES_LIST,
                    TOOLS_CALL,
                    PROMPTS_GET,
                    RESOURCES_READ,
                    COMPLETE,
                    TASKS_GET,
                    TASKS_UPDATE,
                    TASKS_CANCEL,
                    LISTEN -> true;
            default -> false;
        };
    }
}
