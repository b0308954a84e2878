package io.mcpgateway.broker.tasks;

import java.util.Objects;

/**
 * How the ID of a task in an answer becomes the one that its client gets.
 *
 * @param tool what the server calls the tool of the call
 * @param state whether the answer is the state of a task; else it may be the result of a call that became one
 */
public record TaskSealing(TaskSeal seal, String tool, boolean state) {
    public TaskSealing {
        Objects.requireNonNull(seal, "seal");
        Objects.requireNonNull(tool, "tool");
    }
}
