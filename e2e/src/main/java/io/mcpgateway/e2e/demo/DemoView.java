package io.mcpgateway.e2e.demo;

import java.util.ArrayList;
import java.util.List;

/** What the demo shows at one moment: every tool, and every server that fails, with the reason. */
record DemoView(List<ListedTool> tools, List<GatewayState.Server> notReady) {
    DemoView {
        tools = List.copyOf(tools);
        notReady = List.copyOf(notReady);
    }

    boolean complete() {
        return notReady.isEmpty();
    }

    /** The lines to print. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (tools.isEmpty()) {
            lines.add("No tools yet.");
        } else {
            lines.addAll(DemoText.table(tools).lines().toList());
        }
        if (!notReady.isEmpty()) {
            lines.add("");
            lines.add("Not ready:");
            notReady.forEach(server -> lines.add("  " + server.name() + ": " + server.message()));
        }
        return lines;
    }
}
