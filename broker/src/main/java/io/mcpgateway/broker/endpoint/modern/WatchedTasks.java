package io.mcpgateway.broker.endpoint.modern;

import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.endpoint.streams.ClientStream;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.tasks.ServerTask;
import io.mcpgateway.broker.tasks.TaskTarget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tasks of one subscription (SEP-2663, "Task Status Notifications"): one subscription at each server that keeps some of
 * them, merged into the client's stream. What the client no longer sees is not told, whatever it subscribed to.
 */
final class WatchedTasks implements AutoCloseable {
    /** Of one subscription; the others are not honoured. */
    private static final int MAX_TASKS = 256;

    private final ModernServices services;
    private final ViewRequest asked;
    private final JsonRpcId id;
    private final ClientStream stream;
    private final List<ServerSubscriptions.Listening> open = new ArrayList<>();

    WatchedTasks(ModernServices services, ViewRequest asked, JsonRpcId id, ClientStream stream) {
        this.services = services;
        this.asked = asked;
        this.id = id;
        this.stream = stream;
    }

    /**
     * Subscribes at the servers.
     *
     * @param ids as the client has them
     * @return those of whose changes the client will be told, in the client's order
     */
    List<String> listen(RequestHeaders client, JsonRpcMessage.Meta meta, List<String> ids) throws InterruptedException {
        CallerBinding caller = CallerBinding.seen(client);
        Map<ServerRoute, Map<ServerTask, String>> byServer = byServer(caller, ids);
        Map<ServerSubscriptions.Listening, Map<ServerTask, String>> wishes = new LinkedHashMap<>();
        byServer.forEach((server, tasks) -> {
            ServerSubscriptions.Listening listening = services.subscriptions()
                    .listen(
                            new ServerSubscriptions.Wish(client, meta, server, List.of(), List.copyOf(tasks.keySet())),
                            update -> told(update, server.key(), tasks, caller));
            open.add(listening);
            wishes.put(listening, tasks);
        });
        Set<String> honoured = new HashSet<>();
        long end = System.nanoTime() + WatchedResources.PATIENCE.toNanos();
        for (Map.Entry<ServerSubscriptions.Listening, Map<ServerTask, String>> wish : wishes.entrySet()) {
            Set<String> told = wish.getKey().honouredUntil(end);
            wish.getValue().forEach((task, ofClient) -> {
                if (told.contains(task.id())) {
                    honoured.add(ofClient);
                }
            });
        }
        return ids.stream().distinct().filter(honoured::contains).toList();
    }

    private Map<ServerRoute, Map<ServerTask, String>> byServer(CallerBinding caller, List<String> ids) {
        Map<ServerRoute, Map<ServerTask, String>> byServer = new LinkedHashMap<>();
        ids.stream().distinct().limit(MAX_TASKS).forEach(ofClient -> {
            if (target(caller, ofClient) instanceof TaskTarget.Found found) {
                byServer.computeIfAbsent(found.tool().server(), _ -> new LinkedHashMap<>())
                        .put(found.task(), ofClient);
            }
        });
        return byServer;
    }

    private boolean told(ServerUpdate update, ServerKey server, Map<ServerTask, String> tasks, CallerBinding caller)
            throws InterruptedException {
        if (!(update instanceof TaskUpdate changed)) {
            return true;
        }
        Optional<String> ofClient = tasks.entrySet().stream()
                .filter(entry -> entry.getKey().id().equals(changed.id()))
                .map(Map.Entry::getValue)
                .findFirst()
                .filter(known -> target(caller, known) instanceof TaskTarget.Found found
                        && found.task().server().equals(server));
        return ofClient.isEmpty() || stream.offer(changed.message(id, ofClient.get()));
    }

    private TaskTarget target(CallerBinding caller, String ofClient) {
        RouteTable table = services.cell().get().table();
        return TaskTarget.of(
                (binding, text) ->
                        services.states().open(binding, text, services.clock().instant()),
                caller,
                ofClient,
                table,
                CapabilityView.resolve(asked, table));
    }

    @Override
    public void close() {
        open.forEach(ServerSubscriptions.Listening::close);
    }
}
