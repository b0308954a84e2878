package io.mcpgateway.broker.answer;

import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.sse.MessageEdit;
import io.mcpgateway.broker.tasks.ServerTask;
import io.mcpgateway.broker.tasks.TaskSealing;
import java.util.Objects;
import java.util.Optional;

/**
 * Seals the {@code taskId} of a result that is a task (SEP-2663, "Task Creation", "Task Polling"). All other messages pass as
 * they are.
 *
 * @param server whose answer it is
 */
public record TaskIdSeal(RequestStates states, TaskSealing sealing, ServerKey server) implements MessageEdit {
    public TaskIdSeal {
        Objects.requireNonNull(states, "states");
        Objects.requireNonNull(sealing, "sealing");
        Objects.requireNonNull(server, "server");
    }

    @Override
    public Optional<Splice> of(byte[] message) {
        ResultScan scan = scan();
        return ObjectMembers.read(message, scan) == ObjectMembers.End.WHOLE && (sealing.state() || scan.isOfType())
                ? scan.text()
                        .map(id -> new Splice(
                                id.start(),
                                id.end(),
                                JsonText.quote(sealing.seal()
                                        .seal(states, new ServerTask(server, sealing.tool(), id.value())))))
                : Optional.empty();
    }

    @Override
    public boolean leavesAlone(byte[] beginning) {
        ResultScan scan = scan();
        ObjectMembers.read(beginning, scan);
        return scan.isNoResult() || (scan.isOfOtherType() && !sealing.state());
    }

    private static ResultScan scan() {
        return new ResultScan(McpResults.TASK, McpResults.TASK_ID);
    }
}
