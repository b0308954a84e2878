package io.mcpgateway.broker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.catalog.ServerReport.Agreed;
import io.mcpgateway.broker.catalog.ServerReport.Phase;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Changed;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Connected;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Listed;
import io.mcpgateway.broker.discovery.DiscoveryEvent.WatchOpened;
import io.mcpgateway.broker.discovery.DiscoveryOperation.Await;
import io.mcpgateway.broker.discovery.DiscoveryOperation.Connect;
import io.mcpgateway.broker.discovery.DiscoveryOperation.ListAgain;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Servers that list more than tools: what is listed when, and what one bad list does to the others. */
class ListKindsTest extends VirtualTime {
    private static final Set<CapabilityKind> EVERYTHING = Set.of(CapabilityKind.values());
    private static final McpOutcome.Failure BROKEN = new McpOutcome.RpcError(-32603, "database is down");
    private static final McpOutcome.Failure UNKNOWN_METHOD = new McpOutcome.RpcError(-32601, "Method not found");

    @Test
    void onlyWhatTheServerDeclaresIsListed() {
        tell(connected(Capability.PROMPTS));
        assertThat(step.next()).isEqualTo(new ListAgain(Set.of(CapabilityKind.PROMPT)));

        tell(connected(Capability.TOOLS, Capability.PROMPTS, Capability.RESOURCES));
        assertThat(step.next()).isEqualTo(new ListAgain(EVERYTHING));
    }

    @Test
    void everyListIsPublishedAndTheMessageCountsThem() {
        tell(connected(Capability.TOOLS, Capability.PROMPTS, Capability.RESOURCES));
        tell(listed(EVERYTHING, 2));

        assertThat(served())
                .containsOnly(
                        Map.entry(CapabilityKind.TOOL, 2),
                        Map.entry(CapabilityKind.PROMPT, 2),
                        Map.entry(CapabilityKind.RESOURCE, 2),
                        Map.entry(CapabilityKind.RESOURCE_TEMPLATE, 2));
        assertThat(report().message())
                .isEqualTo(
                        "server added successfully. Total tools added 2, prompts 2, resources 2, resource templates 2");
        assertThat(report().capabilities().has(Capability.RESOURCES)).isTrue();
    }

    @Test
    void anAnnouncedChangeIsListedForItsKindOnly() {
        tell(connected(Capability.TOOLS, Capability.PROMPTS, Capability.PROMPTS_LIST_CHANGED));
        assertThat(step.effects()).containsExactly(new DiscoveryEffect.StartWatch());
        tell(listed(Set.of(CapabilityKind.TOOL, CapabilityKind.PROMPT), 1));
        tell(new Changed(Set.of(CapabilityKind.PROMPT)));
        assertThat(elapse()).isEqualTo(new ListAgain(Set.of(CapabilityKind.PROMPT)));

        tell(listed(Set.of(CapabilityKind.PROMPT), 3));
        assertThat(served()).containsEntry(CapabilityKind.PROMPT, 3).containsEntry(CapabilityKind.TOOL, 1);
        tell(new Changed(Set.of(CapabilityKind.RESOURCE)));
        assertThat(step.next()).as("not declared").isInstanceOf(Await.class);
    }

    @Test
    void whatIsNotAnnouncedIsListedAtEachInterval() {
        tell(connected(Capability.TOOLS, Capability.TOOLS_LIST_CHANGED, Capability.PROMPTS));
        tell(listed(Set.of(CapabilityKind.TOOL, CapabilityKind.PROMPT), 1));
        tell(new WatchOpened());
        elapse();
        tell(listed(Set.of(CapabilityKind.TOOL), 1));

        assertThat(elapse()).isEqualTo(new ListAgain(Set.of(CapabilityKind.PROMPT)));
    }

    @Test
    void aServerWithoutTemplatesIsNoProblem() {
        tell(connected(Capability.RESOURCES));
        tell(refused(listed(Set.of(CapabilityKind.RESOURCE), 1), CapabilityKind.RESOURCE_TEMPLATE, UNKNOWN_METHOD));

        assertThat(report().phase()).isEqualTo(Phase.READY);
        assertThat(report().message()).doesNotContain("failed");
        assertThat(step.next())
                .as("not asked again before the next check")
                .isEqualTo(new Await(Duration.ofSeconds(60)));
    }

    @Test
    void aListThatIsRefusedIsKeptTwiceAndHidesNoOther() {
        Set<CapabilityKind> both = Set.of(CapabilityKind.TOOL, CapabilityKind.PROMPT);
        tell(connected(Capability.TOOLS, Capability.PROMPTS));
        tell(listed(both, 2));
        for (int miss = 1; miss <= 3; miss++) {
            elapse();
            tell(refused(listed(Set.of(CapabilityKind.TOOL), 2), CapabilityKind.PROMPT, BROKEN));
            assertThat(report().phase()).isEqualTo(Phase.READY);
            assertThat(served())
                    .containsEntry(CapabilityKind.TOOL, 2)
                    .containsEntry(CapabilityKind.PROMPT, miss < 3 ? 2 : 0);
            assertThat(report().message()).contains("prompts/list failed: the server answered error -32603");
        }
        elapse();
        tell(listed(Set.of(CapabilityKind.PROMPT), 2));

        assertThat(served()).containsEntry(CapabilityKind.PROMPT, 2);
        assertThat(report().message()).isEqualTo("server added successfully. Total tools added 2, prompts 2");
    }

    @Test
    void refusedToolsCountAsFailureButPromptsAreServedAllTheSame() {
        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(elapse()).isEqualTo(new Connect());
            tell(connected(Capability.TOOLS, Capability.PROMPTS));
            tell(refused(listed(Set.of(CapabilityKind.PROMPT), 2), CapabilityKind.TOOL, BROKEN));

            assertThat(report().phase()).isEqualTo(Phase.FAILED);
            assertThat(report().message()).startsWith("tools/list failed");
            assertThat(served()).containsEntry(CapabilityKind.TOOL, 0).containsEntry(CapabilityKind.PROMPT, 2);
        }
    }

    @Test
    void whatAnUpgradedServerNoLongerDeclaresIsGone() {
        tell(connected(Capability.TOOLS, Capability.PROMPTS));
        tell(listed(Set.of(CapabilityKind.TOOL, CapabilityKind.PROMPT), 1));
        tell(new DiscoveryEvent.Failed("ping", new McpOutcome.SessionLost()));
        tell(connected(Capability.TOOLS));
        tell(listed(Set.of(CapabilityKind.TOOL), 1));

        assertThat(served()).containsEntry(CapabilityKind.TOOL, 1).containsEntry(CapabilityKind.PROMPT, 0);
    }

    private static Connected connected(Capability... capabilities) {
        return new Connected(new Agreed("2025-11-25", new ServerCapabilities(Set.of(capabilities)), Instructions.NONE));
    }

    private static Listed listed(Set<CapabilityKind> kinds, int items) {
        Map<CapabilityKind, Listing> lists = new HashMap<>();
        for (CapabilityKind kind : kinds) {
            StringBuilder json = new StringBuilder();
            for (int number = 0; number < items; number++) {
                json.append(json.isEmpty() ? "" : ",")
                        .append((kind.prefixed() ? "{\"" : "{\"name\":\"n\",\"") + kind.keyMember() + "\":\"x:" + number
                                + "\",\"inputSchema\":{\"type\":\"object\"}}");
            }
            String page = "{\"" + kind.listMember() + "\":[" + json + "]}";
            lists.put(kind, Listing.join(kind, List.of((ListPage.Items) ListParser.parse(kind, RawJson.of(page)))));
        }
        return new Listed(lists, Map.of());
    }

    private static Listed refused(Listed others, CapabilityKind kind, McpOutcome.Failure failure) {
        return new Listed(others.lists(), Map.of(kind, failure));
    }

    private Map<CapabilityKind, Integer> served() {
        Map<CapabilityKind, Integer> served = new HashMap<>();
        for (CapabilityKind kind : CapabilityKind.values()) {
            served.put(kind, report().listing(kind).items().size());
        }
        return served;
    }
}
