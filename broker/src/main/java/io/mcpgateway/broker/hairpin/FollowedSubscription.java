package io.mcpgateway.broker.hairpin;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.InitializeParams;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.client.modern.MessageListener;
import io.mcpgateway.broker.client.modern.ModernReply;
import io.mcpgateway.broker.client.modern.ModernRequest;
import io.mcpgateway.broker.endpoint.modern.ListenFilter;
import io.mcpgateway.broker.endpoint.modern.ResourceUpdate;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.endpoint.modern.ServerUpdate;
import io.mcpgateway.broker.endpoint.modern.TaskUpdate;
import io.mcpgateway.broker.era.HeaderText;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.router.CallHeaders;
import io.mcpgateway.broker.sse.EventStreams;
import io.mcpgateway.broker.tasks.ServerTask;
import io.mcpgateway.broker.translation.Introduction;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@code subscriptions/listen} at a server, opened again when it ends, ever more slowly if it ends at once. What
 * changed in between nobody knows, so every resource counts as changed then, and the state of every task is asked for. A server that does not acknowledge the
 * first one is not asked again.
 */
final class FollowedSubscription {
    private static final Logger log = LoggerFactory.getLogger(FollowedSubscription.class);
    /** It ends with its client's. */
    private static final Duration LIFE = Duration.ofHours(25);

    private static final HttpLimits LIMITS = new HttpLimits(
            Duration.ofSeconds(5), LIFE, LIFE, EventStreams.MAX_EVENT_BYTES, EventStreams.MAX_EVENT_BYTES);
    private static final Duration STATE_LIMIT = Duration.ofSeconds(10);
    private static final HttpLimits STATE_LIMITS = new HttpLimits(
            Duration.ofSeconds(5),
            STATE_LIMIT,
            STATE_LIMIT,
            EventStreams.MAX_EVENT_BYTES,
            EventStreams.MAX_EVENT_BYTES);
    private static final Duration LASTING = Duration.ofSeconds(30);
    /** Each request is a POST of its own. */
    private static final String ID = "1";

    private final HairpinSubscriptions.Parts parts;
    private final OpenSubscription subscription;
    private final ServerSubscriptions.Wish wish;

    FollowedSubscription(HairpinSubscriptions.Parts parts, OpenSubscription subscription) {
        this.parts = parts;
        this.subscription = subscription;
        this.wish = subscription.wish();
    }

    /** Returns when the server is not to be asked any more. */
    void follow() throws InterruptedException {
        int endedEarly = 0;
        Optional<ServerRoute> server = current();
        while (server.isPresent()) {
            long start = System.nanoTime();
            ModernReply reply = parts.client().listen(target(server.get()), request(server.get()), this::notified);
            log.debug(
                    "subscription at a server ended server={} reply={}",
                    wish.server().name(),
                    shown(reply));
            if (!subscription.isAcknowledged()) {
                return;
            }
            endedEarly = System.nanoTime() - start >= LASTING.toNanos() ? 0 : endedEarly + 1;
            Thread.sleep(parts.retries().after(endedEarly));
            server = current();
        }
    }

    /** The server as it is registered now, unless it left, moved, or no longer speaks a modern revision. */
    private Optional<ServerRoute> current() {
        return parts.access()
                .server(wish.server().key())
                .filter(route -> route.eras().speaksModern());
    }

    private McpTarget target(ServerRoute server) {
        return target(server, Map.of(GatewayHeaders.METHOD, McpMethod.LISTEN.wireName()), LIMITS);
    }

    private McpTarget target(ServerRoute server, Map<String, String> routed, HttpLimits limits) {
        return parts.access().target(server, key -> HairpinHeaders.of(wish.client(), server, routed, key), limits);
    }

    private ModernRequest request(ServerRoute server) {
        ListenFilter filter = ListenFilter.of(wish.uris(), taskIds());
        return ModernRequest.of(McpMethod.LISTEN, ID, about(server), Map.of("notifications", filter.json()));
    }

    private Introduction about(ServerRoute server) {
        String version = server.eras().modern().getFirst();
        // For clients that do not say who they are.
        Introduction own = InitializeParams.latest(InitializeParams.GATEWAY).introduction(version);
        return new Introduction(
                version,
                wish.meta().clientInfo().orElse(own.clientInfo()),
                wish.meta().clientCapabilities().orElse(own.capabilities()),
                Optional.empty());
    }

    private List<String> taskIds() {
        return wish.tasks().stream().map(ServerTask::id).toList();
    }

    /** Called on the reading thread. */
    private void notified(String method, RawJson message) throws InterruptedException {
        if (method.equals(McpMethod.ACKNOWLEDGED.wireName())) {
            subscription.acknowledge(honoured(message), this::afterGap);
            return;
        }
        Optional<? extends ServerUpdate> update = Optional.empty();
        if (method.equals(McpMethod.RESOURCE_UPDATED.wireName()) && wish.tasks().isEmpty()) {
            update = ResourceUpdate.read(message);
        } else if (method.equals(McpMethod.TASK_CHANGED.wireName())) {
            update = TaskUpdate.read(message);
        }
        if (update.isPresent()) {
            subscription.tell(update.get());
        }
    }

    private Optional<ServerUpdate> afterGap(String name) throws InterruptedException {
        Optional<ServerTask> task =
                wish.tasks().stream().filter(known -> known.id().equals(name)).findFirst();
        Optional<ServerRoute> server = current();
        if (task.isEmpty()) {
            return Optional.of(ResourceUpdate.of(name));
        }
        return server.isEmpty() ? Optional.empty() : state(server.get(), task.get());
    }

    /** Nothing if the server does not say; then the client learns of it when it asks the next time. */
    private Optional<ServerUpdate> state(ServerRoute server, ServerTask task) throws InterruptedException {
        ModernRequest unnamed = ModernRequest.of(
                McpMethod.TASKS_GET,
                ID,
                about(server),
                Map.of(McpResults.TASK_ID, RawJson.of(JsonText.quote(task.id()))));
        ModernRequest request = new ModernRequest(
                unnamed.method(),
                unnamed.protocolVersion(),
                unnamed.id(),
                unnamed.message(),
                Map.of(McpHeaders.NAME, HeaderText.encode(task.id())));
        Map<String, String> routed = Map.of(
                GatewayHeaders.METHOD,
                McpMethod.TASKS_GET.wireName(),
                GatewayHeaders.TOOL_NAME,
                CallHeaders.text(task.tool()));
        ModernReply reply =
                parts.client().exchange(target(server, routed, STATE_LIMITS), request, MessageListener.NONE);
        return reply instanceof ModernReply.Result(RawJson result, String _)
                ? TaskUpdate.ofState(result).map(ServerUpdate.class::cast)
                : Optional.empty();
    }

    private Set<String> honoured(RawJson message) {
        if (!(ListenFilter.read(message) instanceof ListenFilter.Reading.Asked(ListenFilter filter))) {
            return Set.of();
        }
        Set<String> honoured = new HashSet<>(wish.tasks().isEmpty() ? filter.resources() : filter.tasks());
        honoured.retainAll(wish.tasks().isEmpty() ? wish.uris() : taskIds());
        return honoured;
    }

    private static String shown(ModernReply reply) {
        return switch (reply) {
            case ModernReply.Result _ -> "result";
            case ModernReply.Refused(int status, int code, var _, var _) -> "HTTP " + status + ", " + code;
            case ModernReply.Failed(var failure) -> failure.message();
        };
    }
}
