package io.mcpgateway.broker.answer;

import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.sse.MessageEdit;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

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
        ResultScan scan = scan();
        return ObjectMembers.read(message, scan) == ObjectMembers.End.WHOLE && scan.isOfType()
                ? scan.text()
                        .map(state -> new Splice(
                                state.start(), state.end(), JsonText.quote(states.seal(binding, state.value(), end))))
                : Optional.empty();
    }

    @Override
    public boolean leavesAlone(byte[] beginning) {
        ResultScan scan = scan();
        ObjectMembers.read(beginning, scan);
        return scan.isNoResult() || scan.isOfOtherType();
    }

    private static ResultScan scan() {
        return new ResultScan(McpResults.INPUT_REQUIRED, McpResults.REQUEST_STATE);
    }
}
