package io.mcpgateway.broker.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.TextSpan;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks in an answer for a result of one type (MCP 2026-07-28, {@code resultType}), and for one text of the result. */
final class ResultScan implements ObjectMembers.Visitor {
    private final String type;
    private final String member;
    private boolean ofType;
    private boolean otherType;
    private boolean noResult;

    private @Nullable TextSpan text;

    /**
     * A scan that has seen nothing yet.
     *
     * @param type the type that is looked for
     * @param member whose text is wanted
     */
    ResultScan(String type, String member) {
        this.type = type;
        this.member = member;
    }

    /** Whether it is a result of the type. */
    boolean isOfType() {
        return ofType;
    }

    /** Whether it is a result of another type. */
    boolean isOfOtherType() {
        return otherType;
    }

    /** Whether it is another kind of message. */
    boolean isNoResult() {
        return noResult;
    }

    /** The text of the member, if the result has one. */
    Optional<TextSpan> text() {
        return Optional.ofNullable(text);
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
            ofType = value.currentToken() == JsonToken.VALUE_STRING
                    && value.getText().equals(type);
            otherType = !ofType;
        } else if (name.equals(member) && value.currentToken() == JsonToken.VALUE_STRING) {
            text = JsonSlices.textSpan(value);
        }
        return true;
    }
}
