package io.mcpgateway.broker.endpoint.answers;

import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Optional;

/** The results of list methods, serialised in advance. */
@FunctionalInterface
public interface ListSource {
    /**
     * One page of what the view shows.
     *
     * @param after the seen name that the page follows; empty for the first page
     * @param view never {@link CapabilityView.Refused}
     */
    RawJson list(CapabilityKind kind, Optional<String> after, CapabilityView view);
}
