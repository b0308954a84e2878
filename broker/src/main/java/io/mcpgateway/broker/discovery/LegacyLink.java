package io.mcpgateway.broker.discovery;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.catalog.ServerReport.Agreed;
import io.mcpgateway.broker.client.ListenOutcome;
import io.mcpgateway.broker.client.McpConnection;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.McpSession;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.era.ServerEras.LegacyLeg;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A session that was initialized. */
record LegacyLink(McpConnection connection) implements ServerLink {
    /** How the server speaks legacy revisions. */
    LegacyLeg leg() {
        McpSession session = connection.session();
        return new LegacyLeg(session.protocolVersion(), session.id().isPresent());
    }

    @Override
    public Agreed agreed() {
        McpSession session = connection.session();
        return new Agreed(
                session.protocolVersion(),
                new ServerEras(Optional.of(leg()), List.of()),
                session.capabilities(),
                session.instructions());
    }

    @Override
    public McpOutcome list(CapabilityKind kind, Optional<String> cursor) throws InterruptedException {
        return cursor.isEmpty()
                ? connection.request(kind.listMethod())
                : connection.request(
                        kind.listMethod(), RawJson.of("{\"cursor\":" + JsonText.quote(cursor.get()) + "}"));
    }

    @Override
    public ListPage page(CapabilityKind kind, RawJson result) {
        return ListParser.parse(kind, result);
    }

    @Override
    public DiscoveryEvent check() throws InterruptedException {
        return switch (connection.ping()) {
            // A server that does not know ping is alive all the same.
            case McpOutcome.RpcError(int code, String _)
            when code == JsonRpcCodes.SESSION_NOT_FOUND ->
                new DiscoveryEvent.Failed("ping", new McpOutcome.SessionLost());
            case McpOutcome.Answer _, McpOutcome.RpcError _ -> new DiscoveryEvent.Answered();
            case McpOutcome.Failure failure -> new DiscoveryEvent.Failed("ping", failure);
        };
    }

    @Override
    public ListenOutcome listen(Consumer<Set<CapabilityKind>> onOpen) throws InterruptedException {
        Set<CapabilityKind> every = Set.copyOf(Arrays.asList(CapabilityKind.values()));
        return connection.listen(() -> onOpen.accept(every));
    }

    @Override
    public void close() throws InterruptedException {
        connection.delete();
    }
}
