package io.mcpgateway.broker.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What one {@code tools/list} result says. */
public sealed interface ToolPage {
    /**
     * A page that could be read.
     *
     * @param invalid tools of the page that cannot be served
     * @param nextCursor what to ask for next; empty after the last page
     */
    record Tools(List<ToolDefinition> tools, List<InvalidTool> invalid, Optional<String> nextCursor)
            implements ToolPage {
        public Tools {
            tools = List.copyOf(tools);
            invalid = List.copyOf(invalid);
            Objects.requireNonNull(nextCursor, "nextCursor");
        }
    }

    /** Not a {@code tools/list} result. */
    record Unreadable(String reason) implements ToolPage {
        public Unreadable {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
