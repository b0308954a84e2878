package io.mcpgateway.broker.endpoint.modern;

import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.McpMethod;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code notifications/tasks} (SEP-2663, "Task Status Notifications") on its way from one subscription to another: the ID of
 * the first one goes, and the task gets the ID that the client has of it; all else stays byte for byte. Pure.
 *
 * @param id the server's own
 * @param meta the other members of {@code _meta}, each with a comma in front
 * @param params the other members of {@code params}, in the same way
 */
public record TaskUpdate(String id, String meta, String params) implements ServerUpdate {
    public TaskUpdate {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(meta, "meta");
        Objects.requireNonNull(params, "params");
    }

    /** Empty if the message names no task. */
    public static Optional<TaskUpdate> read(RawJson message) {
        return UpdateReading.of(message, McpResults.TASK_ID).flatMap(TaskUpdate::of);
    }

    /** Of the result of {@code tasks/get}, which says the same; empty if it names no task. */
    public static Optional<TaskUpdate> ofState(RawJson result) {
        return UpdateReading.ofResult(result, McpResults.TASK_ID, McpResults.RESULT_TYPE)
                .flatMap(TaskUpdate::of);
    }

    /**
     * The message for this subscription.
     *
     * @param clientsId the client's
     */
    RawJson message(JsonRpcId subscription, String clientsId) {
        return UpdateReading.message(McpMethod.TASK_CHANGED, subscription, meta, McpResults.TASK_ID, clientsId, params);
    }

    private static Optional<TaskUpdate> of(UpdateReading reading) {
        return reading.name().map(id -> new TaskUpdate(id, reading.meta(), reading.params()));
    }
}
