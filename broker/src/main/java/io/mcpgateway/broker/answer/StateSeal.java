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
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.sse.MessageEdit;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Seals the {@code requestState} of a result that asks for input (MCP 2026-07-28, "Multi Round-Trip Requests"). All other
 * messages pass as they are.
 *
 * @param binding for which calls it will be good
 * @param end until when
 */
public record StateSeal(RequestStates states, StateBinding binding, Instant end) implements MessageEdit {

    public StateSeal {
        Objects.requireNonNull(states, "states");
        Objects.requireNonNull(binding, "binding");
        Objects.requireNonNull(end, "end");
    }

    @Override
    public Optional<Splice> of(byte[] message) {
        ResultScan scan = new ResultScan();
        return ObjectMembers.read(message, scan) == ObjectMembers.End.WHOLE && scan.asksForInput
                ? scan.state()
                        .map(state -> new Splice(
                                state.start(), state.end(), JsonText.quote(states.seal(binding, state.value(), end))))
                : Optional.empty();
    }

    @Override
    public boolean leavesAlone(byte[] beginning) {
        ResultScan scan = new ResultScan();
        ObjectMembers.read(beginning, scan);
        return scan.something;
    }

    private static final class ResultScan implements ObjectMembers.Visitor {
        private boolean asksForInput;
        /** It turned out to be another kind of message. */
        private boolean something;

        private @Nullable TextSpan state;

        Optional<TextSpan> state() {
            return Optional.ofNullable(state);
        }

        @Override
        public boolean visit(String name, JsonParser value) throws IOException {
            if (name.equals("method") || name.equals("error")) {
                something = true;
            }
            return !name.equals("result")
                    || value.currentToken() != JsonToken.START_OBJECT
                    || ObjectMembers.within(value, this::visitResult);
        }

        private boolean visitResult(String name, JsonParser value) throws IOException {
            if (name.equals(McpResults.RESULT_TYPE)) {
                asksForInput = value.currentToken() == JsonToken.VALUE_STRING
                        && value.getText().equals(McpResults.INPUT_REQUIRED);
                something |= !asksForInput;
            } else if (name.equals(McpResults.REQUEST_STATE) && value.currentToken() == JsonToken.VALUE_STRING) {
                int start = JsonSlices.tokenStart(value);
                String text = value.getText();
                state = new TextSpan(text, start, JsonSlices.valueEnd(value));
            }
            return true;
        }
    }
}
