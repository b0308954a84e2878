package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.catalog.ToolView;
import io.mcpgateway.broker.mcp.RawJson;

/** The {@code result} of {@code tools/list} for a view, serialised before it is asked for. */
@FunctionalInterface
public interface ToolListSource {
    /** {@code {"tools":[...]}}; never called with {@link ToolView.Refused}. */
    RawJson list(ToolView view);
}
