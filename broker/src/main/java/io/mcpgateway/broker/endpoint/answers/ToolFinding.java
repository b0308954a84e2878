package io.mcpgateway.broker.endpoint.answers;

import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.FindTools;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.search.FindToolsCall;
import io.mcpgateway.broker.search.FoundTools;
import io.mcpgateway.broker.search.ToolSearcher;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import java.util.Optional;

/** Calls of {@code find_tools}, the one tool that the gateway itself answers, in both eras. */
public final class ToolFinding {
    private ToolFinding() {}

    /**
     * The {@code result} as legacy revisions have it.
     *
     * @param view never {@link CapabilityView.Refused}
     * @return empty if the request is another one, or if the view has no such tool
     */
    public static Optional<RawJson> answer(
            JsonRpcMessage.Request request,
            RawJson body,
            CapabilityView view,
            ToolSearcher search,
            GatewayMetrics metrics) {
        boolean finds = view.searchesTools()
                && request.method().equals(McpMethod.TOOLS_CALL.wireName())
                && request.params()
                        .name()
                        .filter(name -> name.value().equals(FindTools.NAME))
                        .isPresent();
        if (!finds) {
            return Optional.empty();
        }
        return Optional.of(
                switch (FindToolsCall.read(body)) {
                    case FindToolsCall.Mistake mistake -> {
                        metrics.toolsSearched(GatewayMetrics.SearchOutcome.INVALID);
                        yield FoundTools.mistake(mistake);
                    }
                    case FindToolsCall.Question question -> {
                        var found = search.find(question, view);
                        metrics.toolsSearched(
                                found.isEmpty()
                                        ? GatewayMetrics.SearchOutcome.NOTHING
                                        : GatewayMetrics.SearchOutcome.FOUND);
                        yield FoundTools.result(found);
                    }
                });
    }
}
