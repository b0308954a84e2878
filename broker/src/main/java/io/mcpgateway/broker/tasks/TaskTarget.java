package io.mcpgateway.broker.tasks;

import io.mcpgateway.api.wire.McpExtensions;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.extension.Extensions;
import io.mcpgateway.broker.requeststate.StateReader;
import io.mcpgateway.broker.session.CallerBinding;
import java.util.Objects;
import java.util.Optional;

/**
 * Which task a client's ID stands for. Who may not see a tool may not see its tasks either, so what hides a tool from lists
 * and calls hides its tasks.
 */
public sealed interface TaskTarget {
    /**
     * Resolved, and visible.
     *
     * @param tool whose call became the task
     */
    record Found(CapabilityRoute tool, ServerTask task) implements TaskTarget {
        public Found {
            Objects.requireNonNull(tool, "tool");
            Objects.requireNonNull(task, "task");
        }
    }

    /** Nobody's, another caller's, or hidden: the same for all. */
    record Unknown() implements TaskTarget {}

    /** Its server is there, but does not list the tool now, so nobody can tell whether the caller may see it. */
    record OutOfReach(ServerRoute server) implements TaskTarget {
        public OutOfReach {
            Objects.requireNonNull(server, "server");
        }
    }

    /** Whether any server makes tasks. */
    static boolean areKnown(RouteTable table) {
        return table.servers().values().stream()
                .anyMatch(server -> server.eras().tasks());
    }

    /** Whether a client can follow tasks. */
    static boolean areDeclared(JsonRpcMessage.Meta client) {
        return client.clientCapabilities()
                .filter(capabilities -> Extensions.ofClient(capabilities).has(McpExtensions.TASKS))
                .isPresent();
    }

    /** Resolves an ID that this caller sent. */
    static TaskTarget of(StateReader states, CallerBinding caller, String id, RouteTable table, CapabilityView view) {
        for (TaskSeal seal : TaskSeal.possible(caller)) {
            Optional<ServerTask> task = seal.open(states, id);
            Optional<ServerRoute> server = task.flatMap(known -> server(known, table))
                    .filter(route -> seal.equals(TaskSeal.of(route.authorization(), caller)));
            if (task.isPresent() && server.isPresent()) {
                return resolved(task.get(), server.get(), table, view);
            }
        }
        return new Unknown();
    }

    private static TaskTarget resolved(ServerTask task, ServerRoute server, RouteTable table, CapabilityView view) {
        Optional<CapabilityRoute> tool = tool(task, view);
        if (tool.isPresent()) {
            return new Found(tool.get(), task);
        }
        return tool(task, table.everything()).isPresent() ? new Unknown() : new OutOfReach(server);
    }

    private static Optional<ServerRoute> server(ServerTask task, RouteTable table) {
        return table.servers().values().stream()
                .filter(server -> server.key().equals(task.server()))
                .findFirst();
    }

    private static Optional<CapabilityRoute> tool(ServerTask task, CapabilityView view) {
        return view.items(CapabilityKind.TOOL)
                .map(Served::route)
                .filter(route -> route.server().key().equals(task.server())
                        && route.ownName().equals(task.tool()))
                .findFirst();
    }
}
