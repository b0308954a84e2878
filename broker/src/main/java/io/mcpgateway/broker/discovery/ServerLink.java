package io.mcpgateway.broker.discovery;

import io.mcpgateway.broker.catalog.ServerReport.Agreed;
import io.mcpgateway.broker.client.ListenOutcome;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** How one server is asked, in the era that discovery speaks with it. What takes time has a limit, and can be interrupted. */
sealed interface ServerLink permits LegacyLink, ModernLink {
    Agreed agreed();

    /** Requests one page of a list. */
    McpOutcome list(CapabilityKind kind, Optional<String> cursor) throws InterruptedException;

    /** Reads it. */
    ListPage page(CapabilityKind kind, RawJson result);

    /** Whether the server is there, and still what it was. */
    DiscoveryEvent check() throws InterruptedException;

    /**
     * Has changes announced until the stream ends.
     *
     * @param onOpen gets the lists whose changes the server announces
     */
    ListenOutcome listen(Consumer<Set<CapabilityKind>> onOpen) throws InterruptedException;

    /** Tells the server that it is not needed any more, if it keeps anything. */
    void close() throws InterruptedException;
}
