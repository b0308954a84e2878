package io.mcpgateway.broker.endpoint.answers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.PageCursor;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.JsonRpcError;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** The list methods (MCP 2025-11-25 and 2026-07-28, "Pagination"): what a view shows, page by page. */
public record ListPages(ListSource source) {
    public ListPages {
        Objects.requireNonNull(source, "source");
    }

    /** What a list request gets. */
    public sealed interface Answer {
        /** The {@code result} as legacy revisions have it. */
        record Page(RawJson result) implements Answer {
            public Page {
                Objects.requireNonNull(result, "result");
            }
        }

        record Refused(JsonRpcError error) implements Answer {
            public Refused {
                Objects.requireNonNull(error, "error");
            }
        }
    }

    /**
     * Answers a request that {@code JsonRpcParser} accepted already.
     *
     * @param view never {@link CapabilityView.Refused}
     */
    public Answer answer(CapabilityKind kind, CapabilityView view, RawJson body) {
        Optional<String> cursor = body.read(ListPages::cursor);
        Optional<String> after = cursor.flatMap(text -> PageCursor.read(kind, text));
        if (cursor.isPresent() && after.isEmpty()) {
            return new Answer.Refused(new JsonRpcError(
                    JsonRpcCodes.INVALID_PARAMS,
                    "unknown cursor: send the nextCursor of an earlier " + kind.listMethod() + " result"));
        }
        return new Answer.Page(source.list(kind, after, view));
    }

    private static Optional<String> cursor(byte[] body) {
        CursorReading reading = new CursorReading();
        ObjectMembers.read(body, ObjectMembers.inside("params", reading::visitParam));
        return reading.cursor;
    }

    private static final class CursorReading {
        private Optional<String> cursor = Optional.empty();

        /**
         * Some clients ask for the first page with {@code null} or an empty text. What is no text is kept as its JSON, and
         * so no cursor of ours.
         */
        private boolean visitParam(String name, JsonParser value) throws IOException {
            if (name.equals("cursor")) {
                boolean first = value.currentToken() == JsonToken.VALUE_NULL
                        || (value.currentToken() == JsonToken.VALUE_STRING
                                && value.getText().isEmpty());
                cursor = first ? Optional.empty() : Optional.of(value.getText());
            }
            return true;
        }
    }
}
