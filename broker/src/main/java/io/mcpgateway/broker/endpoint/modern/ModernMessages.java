package io.mcpgateway.broker.endpoint.modern;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.endpoint.answers.ListPages;
import io.mcpgateway.broker.endpoint.answers.MisplacedCall;
import io.mcpgateway.broker.endpoint.answers.ToolFinding;
import io.mcpgateway.broker.endpoint.calls.LeftCalls;
import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.ModernRefusals;
import io.mcpgateway.broker.refusal.ModernRule;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.refusal.RevisionRefusals;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.tasks.TaskTarget;
import io.mcpgateway.broker.url.Chosen;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of clients that speak MCP 2026-07-28 or later, as far as the broker answers them. A session that a request
 * names means nothing here: authorization and virtual server are judged anew for each one.
 */
public final class ModernMessages {
    private static final Logger log = LoggerFactory.getLogger(ModernMessages.class);

    private final ModernServices services;
    private final ModernResults results;
    private final Subscriptions subscriptions;

    public ModernMessages(ModernServices services) {
        this.services = services;
        this.results = new ModernResults(services.gateway());
        this.subscriptions = new Subscriptions(services, results);
    }

    /** The answer to a modern client's request without a message; empty if it is another one. */
    public Optional<HttpAnswer> withoutMessage(RequestHeaders headers) {
        if (!ModernRule.concerns(headers)) {
            return Optional.empty();
        }
        return Optional.of(HttpAnswer.text(
                        405,
                        "method not allowed on /mcp: MCP 2026-07-28 has no sessions and no streams by GET; use POST")
                .with("Allow", "POST, OPTIONS"));
    }

    /**
     * Answers a modern client's message.
     *
     * @param url what the request's URL chooses
     * @return false if it is another one; it has no answer then
     */
    public boolean handle(HttpExchange exchange, Chosen url, JsonRpcMessage message, RawJson body)
            throws IOException, InterruptedException {
        RequestHeaders headers = exchange.headers();
        long start = System.nanoTime();
        Optional<ModernAnswer> answer = switch (message) {
            case JsonRpcMessage.Request request ->
                ModernRule.concerns(headers, request.method(), request.params().meta())
                        ? Optional.of(answer(headers, url, request, body))
                        : Optional.empty();
            // No modern revision has one that clients send over HTTP.
            case JsonRpcMessage.Notification(String method, JsonRpcMessage.Params params) ->
                ModernRule.concerns(headers, method, params.meta())
                        ? Optional.of(noted(headers, url, params.meta()))
                        : Optional.empty();
            case JsonRpcMessage.Reply _ ->
                ModernRule.concerns(headers) ? Optional.of(whole(ModernRefusals.reply())) : Optional.empty();
            case JsonRpcMessage.Malformed _ -> Optional.empty();
        };
        if (answer.isEmpty()) {
            return false;
        }
        switch (answer.get()) {
            case ModernAnswer.Whole(HttpAnswer whole) -> {
                count(message, whole.status());
                services.metrics().answerTook(counted(message), System.nanoTime() - start);
                exchange.answer(whole);
            }
            case ModernAnswer.Call(JsonRpcMessage.Request request, ViewRequest seen) -> {
                count(message, 200);
                services.legacyServers().call(exchange, seen, request, body);
            }
            case ModernAnswer.Stream(Subscription subscription) -> {
                count(message, 200);
                subscription.run(exchange);
            }
        }
        return true;
    }

    private ModernAnswer noted(RequestHeaders headers, Chosen url, JsonRpcMessage.Meta meta) {
        GatewaySnapshot snapshot = services.cell().get();
        CapabilityView view = CapabilityView.resolve(viewRequest(headers, url), snapshot.table());
        ServedRevisions served = snapshot.table().revisions(view);
        return served.anyModern()
                ? new ModernAnswer.Whole(HttpAnswer.empty(202))
                : whole(RevisionRefusals.ofRequest(JsonRpcId.NONE, meta.protocolVersion(), served));
    }

    private ModernAnswer answer(RequestHeaders headers, Chosen url, JsonRpcMessage.Request request, RawJson body) {
        GatewaySnapshot snapshot = services.cell().get();
        ViewRequest asked = viewRequest(headers, url);
        CapabilityView view = CapabilityView.resolve(asked, snapshot.table());
        if (view instanceof CapabilityView.Refused(String reason)) {
            return whole(Refusals.viewRefused(request.id(), reason));
        }
        ServedRevisions served = snapshot.table().revisions(view);
        Optional<Refusal> refusal = ModernRule.refusal(headers, request, served);
        if (!served.anyModern() && request.method().equals(McpMethod.DISCOVER.wireName())) {
            // Once for each client that asks for it first; what else it sends is only logged for debugging.
            log.info(
                    "server/discover refused, clients that can go on with initialize: allowed={} virtualServer={}",
                    served.newestFirst(),
                    headers.first(GatewayHeaders.VIRTUAL_SERVER).orElse("-"));
        }
        return refusal.isPresent()
                ? whole(refusal.get())
                : answer(headers, request, body, new ModernView(snapshot, asked, view));
    }

    private ModernAnswer answer(RequestHeaders headers, JsonRpcMessage.Request request, RawJson body, ModernView view) {
        JsonRpcId id = request.id();
        McpMethod method = McpMethod.of(request.method()).orElse(null);
        return switch (method) {
            case DISCOVER -> kept(headers, id, view, Discovery.result(view, services.instructions()));
            case TOOLS_LIST -> list(CapabilityKind.TOOL, headers, id, body, view);
            case PROMPTS_LIST -> list(CapabilityKind.PROMPT, headers, id, body, view);
            case RESOURCES_LIST -> list(CapabilityKind.RESOURCE, headers, id, body, view);
            case RESOURCE_TEMPLATES_LIST -> list(CapabilityKind.RESOURCE_TEMPLATE, headers, id, body, view);
            case LISTEN -> subscriptions.listen(headers, request, body, view);
            case TOOLS_CALL, PROMPTS_GET, RESOURCES_READ, COMPLETE ->
                LeftCalls.contain(headers)
                        ? new ModernAnswer.Call(request, view.request())
                        : new ModernAnswer.Whole(find(request, body, view));
            case TASKS_GET, TASKS_UPDATE, TASKS_CANCEL ->
                TaskTarget.areKnown(view.snapshot().table())
                        ? new ModernAnswer.Whole(MisplacedCall.answer(id))
                        : whole(ModernRefusals.methodNotFound(id, request.method()));
            case null, default -> whole(ModernRefusals.methodNotFound(id, request.method()));
        };
    }

    /** A call, of which only {@code find_tools} is the broker's. */
    private HttpAnswer find(JsonRpcMessage.Request request, RawJson body, ModernView view) {
        return ToolFinding.answer(request, body, view.view(), view.snapshot().search(), services.metrics())
                .map(result -> HttpAnswer.json(200, results.complete(request.id(), result)))
                .orElseGet(() -> MisplacedCall.answer(request.id()));
    }

    private ModernAnswer list(
            CapabilityKind kind, RequestHeaders headers, JsonRpcId id, RawJson body, ModernView view) {
        return switch (services.lists().answer(kind, view.view(), body)) {
            case ListPages.Answer.Page(RawJson result) -> kept(headers, id, view, result);
            case ListPages.Answer.Refused(JsonRpcError error) ->
                new ModernAnswer.Whole(HttpAnswer.error(200, id, error));
        };
    }

    private ModernAnswer kept(RequestHeaders headers, JsonRpcId id, ModernView view, RawJson result) {
        GatewaySnapshot snapshot = view.snapshot();
        boolean chosen = !view.request().url().isNothing();
        boolean choices = (!chosen && !snapshot.config().virtualServers().isEmpty())
                || services.trusted().canDecide()
                || snapshot.reports().values().stream()
                        .filter(report -> !report.privateLists().isEmpty())
                        .anyMatch(report -> !chosen || view.view().servers().contains(report.server()));
        CacheHints hints = CacheHints.of(headers, chosen, choices);
        return new ModernAnswer.Whole(HttpAnswer.json(200, results.cacheable(id, hints, result)));
    }

    private ViewRequest viewRequest(RequestHeaders headers, Chosen url) {
        return ViewRequest.ofNewSession(
                url,
                headers,
                services.trusted().allowed(headers, services.clock().instant()));
    }

    private void count(JsonRpcMessage message, int status) {
        String method = counted(message);
        String version = ProtocolVersions.MODERN.getLast();
        services.metrics().answered(method, version, status);
        log.debug("modern message answered method={} protocol={} status={}", method, version, status);
    }

    private static String counted(JsonRpcMessage message) {
        return message instanceof JsonRpcMessage.Request request
                ? McpMethod.of(request.method())
                        .filter(McpMethod::isModernRequest)
                        .map(McpMethod::wireName)
                        .orElse("other")
                : "other";
    }

    private static ModernAnswer whole(Refusal refusal) {
        return new ModernAnswer.Whole(HttpAnswer.of(refusal));
    }
}
