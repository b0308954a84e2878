package io.mcpgateway.broker.discovery;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.catalog.ServerReport.Agreed;
import io.mcpgateway.broker.client.ListenOutcome;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.client.RequestIds;
import io.mcpgateway.broker.client.modern.ListChanges;
import io.mcpgateway.broker.client.modern.MessageListener;
import io.mcpgateway.broker.client.modern.ModernClient;
import io.mcpgateway.broker.client.modern.ModernReply;
import io.mcpgateway.broker.client.modern.ModernRequest;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.translation.Introduction;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Requests of a modern revision: there is no session, each says all about itself. */
record ModernLink(
        ModernClient client,
        McpTarget target,
        Introduction meta,
        RequestIds ids,
        Agreed agreed,
        Consumer<String> onNotification)
        implements ServerLink {
    @Override
    public McpOutcome list(CapabilityKind kind, Optional<String> cursor) throws InterruptedException {
        Map<String, RawJson> params = cursor.map(text -> Map.of("cursor", RawJson.of(JsonText.quote(text))))
                .orElse(Map.of());
        ModernReply reply = client.exchange(target, request(kind.listMethod(), params), MessageListener.NONE);
        return switch (reply) {
            case ModernReply.Result result when result.isComplete() -> new McpOutcome.Answer(result.result());
            case ModernReply.Result(RawJson _, String type) -> DiscoverAnswer.incomplete(kind.listMethod(), type);
            case ModernReply.Refused refused -> new McpOutcome.RpcError(refused.code(), refused.message());
            case ModernReply.Failed(McpOutcome.Failure failure) -> failure;
        };
    }

    @Override
    public ListPage page(CapabilityKind kind, RawJson result) {
        return ListParser.parseModern(kind, result);
    }

    @Override
    public DiscoveryEvent check() throws InterruptedException {
        ModernReply reply = client.exchange(target, request(McpMethod.DISCOVER, Map.of()), MessageListener.NONE);
        return DiscoverAnswer.of(reply).asCheck(agreed);
    }

    @Override
    public ListenOutcome listen(Consumer<Set<CapabilityKind>> onOpen) throws InterruptedException {
        ListChanges wanted = new ListChanges(Arrays.stream(CapabilityKind.values())
                .filter(kind -> agreed.capabilities().has(kind.announced()))
                .collect(Collectors.toSet()));
        AtomicBoolean open = new AtomicBoolean();
        ModernReply reply = client.listen(
                target, request(McpMethod.LISTEN, Map.of("notifications", wanted.filter())), (method, message) -> {
                    if (open.compareAndSet(false, true)) {
                        onOpen.accept(ListChanges.acknowledged(message).kinds());
                    } else {
                        onNotification.accept(method);
                    }
                });
        return open.get() ? new ListenOutcome.Closed() : notOpened(reply);
    }

    private static ListenOutcome notOpened(ModernReply reply) {
        return switch (reply) {
            case ModernReply.Result _ -> new ListenOutcome.NotOffered();
            case ModernReply.Refused refused
            when refused.code() == JsonRpcCodes.METHOD_NOT_FOUND -> new ListenOutcome.NotOffered();
            case ModernReply.Refused refused ->
                new ListenOutcome.Failed(new McpOutcome.RpcError(refused.code(), refused.message()));
            case ModernReply.Failed(McpOutcome.HttpFailure failure) ->
                ListenOutcome.refusal(failure.status()).orElseGet(ListenOutcome.NotOffered::new);
            case ModernReply.Failed(McpOutcome.Failure failure) -> new ListenOutcome.Failed(failure);
        };
    }

    private ModernRequest request(McpMethod method, Map<String, RawJson> params) {
        return ModernRequest.of(method, ids.next(), meta, params);
    }

    @Override
    public void close() {
        // There is nothing that the server keeps.
    }
}
