package io.mcpgateway.broker.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.sse.MessageEdit;
import io.mcpgateway.broker.tasks.ServerTask;
import io.mcpgateway.broker.tasks.TaskSealing;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        TaskScan scan = new TaskScan();
        return ObjectMembers.read(message, scan) == ObjectMembers.End.WHOLE && (sealing.state() || scan.becameTask)
                ? scan.id()
                        .map(id -> new Splice(
                                id.start(),
                                id.end(),
                                JsonText.quote(sealing.seal()
                                        .seal(states, new ServerTask(server, sealing.tool(), id.value())))))
                : Optional.empty();
    }

    @Override
    public boolean leavesAlone(byte[] beginning) {
        TaskScan scan = new TaskScan();
        ObjectMembers.read(beginning, scan);
        return scan.noResult || (scan.otherType && !sealing.state());
    }

    private static final class TaskScan implements ObjectMembers.Visitor {
        private boolean becameTask;
        private boolean otherType;
        private boolean noResult;

        private @Nullable TextSpan id;

        Optional<TextSpan> id() {
            return Optional.ofNullable(id);
        }

        @Override
        public boolean visit(String name, JsonParser value) throws IOException {
            noResult |= name.equals("method") || name.equals("error");
            return !name.equals("result")
                    || value.currentToken() != JsonToken.START_OBJECT
                    || ObjectMembers.within(value, this::visitResult);
        }

        private boolean visitResult(String name, JsonParser value) throws IOException {
            if (name.equals(McpResults.RESULT_TYPE)) {
                becameTask = value.currentToken() == JsonToken.VALUE_STRING
                        && value.getText().equals(McpResults.TASK);
                otherType = !becameTask;
            } else if (name.equals(McpResults.TASK_ID) && value.currentToken() == JsonToken.VALUE_STRING) {
                int start = JsonSlices.tokenStart(value);
                String text = value.getText();
                id = new TextSpan(text, start, JsonSlices.valueEnd(value));
            }
            return true;
        }
    }
}
