package io.mcpgateway.broker.discovery;

import static io.mcpgateway.broker.discovery.ToolLists.listed;
import static io.mcpgateway.broker.discovery.ToolLists.tools;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.catalog.ServerReport.Agreed;
import io.mcpgateway.broker.catalog.ServerReport.Phase;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.McpOutcome.Failure;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Connected;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Failed;
import io.mcpgateway.broker.discovery.DiscoveryOperation.ListAgain;
import io.mcpgateway.broker.discovery.DiscoveryOperation.Ping;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Servers that refuse the gateway's credential, and servers that have no tools yet. In virtual time. */
class PatienceTest extends VirtualTime {
    private static final Failure REFUSED = new McpOutcome.Unreachable("connection refused");
    private static final ServerCapabilities TOOLS = new ServerCapabilities(Set.of(Capability.TOOLS));
    private static final ListAgain LIST_TOOLS = new ListAgain(Set.of(CapabilityKind.TOOL));

    /** The server is there, and callers may have credentials of their own. */
    @Test
    void aRefusedCredentialRemovesNothingAndSaysSinceWhen() {
        ready(TOOLS, "a");
        elapse();
        Instant first = now;
        for (int attempt = 0; attempt < 10; attempt++) {
            tell(new Failed("initialize", new McpOutcome.HttpFailure(403)));
            assertThat(report().phase()).isEqualTo(Phase.READY);
            assertThat(tools(report())).isEqualTo(tools("a").items());
            assertThat(report().refusedSince()).hasValue(first);
            assertThat(report().message()).contains("HTTP 403", "its 1 tools are kept as they were listed last");
            elapse();
        }

        tell(new Connected(new Agreed("2025-11-25", TOOLS, Instructions.NONE)));
        tell(listed(tools("b")));
        assertThat(report().refusedSince()).isEmpty();
        assertThat(tools(report())).isEqualTo(tools("b").items());
    }

    @Test
    void afterRefusalsAServerThatIsDownStillHasThreeAttempts() {
        ready(TOOLS, "a");
        elapse();
        for (int attempt = 0; attempt < 5; attempt++) {
            tell(new Failed("initialize", new McpOutcome.HttpFailure(401)));
            elapse();
        }
        fail("initialize");
        fail("initialize");
        assertThat(tools(report())).isEqualTo(tools("a").items());
        assertThat(report().refusedSince()).isEmpty();
        fail("initialize");
        assertThat(tools(report())).isEmpty();
    }

    @Test
    void aServerWithoutToolsIsAskedAgainNowAndThenWhatItDeclares() {
        tell(new Connected(new Agreed("2025-11-25", ServerCapabilities.NONE, Instructions.NONE)));
        for (int check = 1; check < 5; check++) {
            assertThat(elapse()).isEqualTo(new Ping());
            tell(new DiscoveryEvent.Answered());
        }
        assertThat(elapse()).isEqualTo(new DiscoveryOperation.Relearn());
        tell(new DiscoveryEvent.Relearned());
        assertThat(elapse()).as("not at every check from then on").isEqualTo(new Ping());

        tell(new Connected(new Agreed("2025-11-25", TOOLS, Instructions.NONE)));
        assertThat(step.next()).isEqualTo(LIST_TOOLS);
    }

    private void ready(ServerCapabilities capabilities, String... names) {
        tell(new Connected(new Agreed("2025-11-25", capabilities, Instructions.NONE)));
        tell(listed(tools(names)));
    }

    private void fail(String operation) {
        elapse();
        tell(new Failed(operation, REFUSED));
    }
}
