package io.mcpgateway.broker.refusal;

import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What logs may have of a JSON-RPC error. The message is not among it: it may repeat what the client sent. */
public final class ErrorCode {
    private ErrorCode() {}

    /** The code as the answer has it; empty if it is not an error. */
    public static Optional<String> of(RawJson answer) {
        List<String> found = new ArrayList<>(1);
        ObjectMembers.Visitor error = (name, value) -> {
            if (name.equals("code") && value.currentToken().isNumeric()) {
                found.add(value.getText());
            }
            return true;
        };
        answer.read(bytes -> ObjectMembers.read(bytes, ObjectMembers.inside("error", error)));
        return found.stream().findFirst();
    }
}
