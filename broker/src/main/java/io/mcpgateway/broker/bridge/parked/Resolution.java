package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.broker.bridge.pool.GatewayDoor;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.client.InitializeParams;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.router.CallHeaders;
import io.mcpgateway.broker.router.CallTarget;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.translation.ModernCall;
import io.mcpgateway.broker.url.Chosen;
import java.util.Objects;
import java.util.Optional;

/** Finds the server of a modern client's request, by the same functions as the router. */
record Resolution(ServerAccess access) {
    /** Where the request goes. */
    sealed interface Result {
        record Allowed(ClientsCall call) implements Result {
            public Allowed {
                Objects.requireNonNull(call, "call");
            }
        }

        record Refused(HttpAnswer answer) implements Result {
            public Refused {
                Objects.requireNonNull(answer, "answer");
            }
        }
    }

    Result of(RequestHeaders headers, ViewRequest seen, JsonRpcMessage.Request request, RawJson body) {
        RouteTable table = access.table().get();
        CapabilityView view = CapabilityView.resolve(seen, table);
        if (view instanceof CapabilityView.Refused(String reason)) {
            return refused(Refusals.viewRefused(request.id(), reason));
        }
        McpMethod method = McpMethod.of(request.method()).orElseThrow();
        Era client = new Era.Modern(request.params().meta().protocolVersion().orElseThrow());
        return switch (CallTarget.of(method, request, client, table, view)) {
            case CallTarget.Unknown(Refusal answer) -> refused(answer);
            // The router leaves calls of servers to the bridge only; meanwhile, the gateway has taken the name over.
            case CallTarget.OfGateway() ->
                refused(Refusals.unknownName(
                        request.id(),
                        CapabilityKind.TOOL,
                        request.params().name().orElseThrow().value()));
            case CallTarget.Found target -> found(headers, seen.url(), target, method, client, request, body);
        };
    }

    private Result found(
            RequestHeaders headers,
            Chosen url,
            CallTarget.Found target,
            McpMethod method,
            Era client,
            JsonRpcMessage.Request request,
            RawJson body) {
        JsonRpcMessage.Meta meta = request.params().meta();
        if (!(target.route().server().eras().towards(client) instanceof Era.Legacy(String revision))) {
            return new Result.Refused(Failures.otherEra(
                    request.id(), target.route().server().name().value()));
        }
        Optional<LogLevel> level = meta.logLevel().flatMap(LogLevel::of);
        if (meta.logLevel().isPresent() && level.isEmpty()) {
            return new Result.Refused(Failures.invalid(
                    request.id(), "the log level in params._meta must be one of " + LogLevel.choices()));
        }
        ClientFeatures features = ClientFeatures.of(meta.clientCapabilities().orElseThrow());
        GatewayDoor door = new GatewayDoor(
                access,
                target.route().server(),
                headers,
                CallHeaders.withHints(method.wireName(), target, url),
                new InitializeParams(revision, InitializeParams.GATEWAY, features));
        ModernCall message = new ModernCall(method, target.name(), target.ownName(), body);
        return new Result.Allowed(new ClientsCall(
                request.id(), CallerBinding.seen(headers), message, features, door, level, client.protocolVersion()));
    }

    private static Result refused(Refusal refusal) {
        return new Result.Refused(HttpAnswer.of(refusal));
    }
}
