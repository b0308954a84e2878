package io.mcpgateway.broker.discovery;

import static io.mcpgateway.broker.discovery.ToolLists.tools;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.catalog.ServerReport.Agreed;
import io.mcpgateway.broker.catalog.ServerReport.Phase;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Answered;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Connected;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Listed;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Outdated;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Relearned;
import io.mcpgateway.broker.discovery.DiscoveryEvent.WatchOpened;
import io.mcpgateway.broker.discovery.DiscoveryOperation.Await;
import io.mcpgateway.broker.discovery.DiscoveryOperation.Connect;
import io.mcpgateway.broker.discovery.DiscoveryOperation.ListAgain;
import io.mcpgateway.broker.discovery.DiscoveryOperation.Ping;
import io.mcpgateway.broker.discovery.DiscoveryOperation.Relearn;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.era.ServerEras.LegacyLeg;
import io.mcpgateway.broker.listing.CacheHint;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers of both eras in virtual time: how long lists hold, and when it is asked again what a server speaks. */
class ErasStepTest extends VirtualTime {
    private static final ServerEras MODERN = ServerEras.modern("2026-07-28");
    private static final ServerEras DUAL =
            new ServerEras(Optional.of(new LegacyLeg("2025-11-25", false)), List.of("2026-07-28"));
    private static final ServerEras LEGACY = ServerEras.legacy("2025-11-25", true);
    private static final ListAgain LIST_TOOLS = new ListAgain(Set.of(CapabilityKind.TOOL));
    private static final McpOutcome.Failure UNSUPPORTED = new McpOutcome.RpcError(-32022, "no such revision");

    @Test
    void aServerThatOnlySpeaksAModernRevisionIsServedAndSaysSo() {
        ready(MODERN, hint(0), Capability.TOOLS);

        assertThat(report().phase()).isEqualTo(Phase.READY);
        assertThat(report().message())
                .isEqualTo("server added successfully. Total tools added 1; the server speaks only MCP 2026-07-28");
        assertThat(report().protocolVersion()).contains("2026-07-28");
        assertThat(report().eras()).isEqualTo(MODERN);
        assertThat(step.effects())
                .anySatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(
                                DiscoveryEffect.LogDiscovered.class,
                                logged -> assertThat(logged.protocolVersion()).isEqualTo("2026-07-28")));
    }

    @Test
    void aServerOfBothErasNeedsNoWords() {
        ready(DUAL, hint(0), Capability.TOOLS);

        assertThat(report().message()).isEqualTo("server added successfully. Total tools added 1");
    }

    /** Times in milliseconds; the check interval is a minute, and a list is requested once a second at most. */
    @ParameterizedTest
    @CsvSource({
        "0, 60000",
        "1, 1050",
        "1000, 1050",
        "20000, 21000",
        "59000, 60000",
        "60000, 60000",
        "3600000, 60000",
    })
    void aListIsRequestedAgainWhenItsTimeIsOver(long ttl, long wait) {
        ready(MODERN, hint(ttl), Capability.TOOLS);

        assertThat(step.next()).isEqualTo(new Await(Duration.ofMillis(wait)));
        assertThat(elapse()).isEqualTo(LIST_TOOLS);
    }

    @Test
    void aListWhoseChangesAreAnnouncedHoldsUntilThen() {
        ready(MODERN, hint(2000), Capability.TOOLS, Capability.TOOLS_LIST_CHANGED);
        tell(new WatchOpened());
        elapse();
        tell(listed(hint(2000)));

        assertThat(step.next()).isEqualTo(new Await(Duration.ofSeconds(60)));
        assertThat(elapse()).isEqualTo(new Ping());
        tell(new Answered());
        tell(new DiscoveryEvent.WatchEnded());
        assertThat(step.next())
                .as("nobody announces it any more, and its time is over")
                .isEqualTo(LIST_TOOLS);
    }

    @Test
    void whatTheServerDidNotAcknowledgeIsListedAtEachInterval() {
        tell(connected(MODERN, Capability.TOOLS, Capability.TOOLS_LIST_CHANGED));
        tell(listed(hint(0)));
        tell(new WatchOpened(Set.of(CapabilityKind.PROMPT)));

        assertThat(elapse()).isEqualTo(LIST_TOOLS);
    }

    @Test
    void shortLivedToolsDoNotKeepPromptsFromBeingListed() {
        tell(connected(MODERN, Capability.TOOLS, Capability.PROMPTS));
        Map<CapabilityKind, Listing> lists =
                Map.of(CapabilityKind.TOOL, tools("a"), CapabilityKind.PROMPT, Listing.NONE);
        tell(new Listed(lists, Map.of(), Map.of(CapabilityKind.TOOL, hint(20_000), CapabilityKind.PROMPT, hint(0))));
        Instant before = now;
        while (!(step.next() instanceof ListAgain(var kinds) && kinds.contains(CapabilityKind.PROMPT))) {
            if (step.next().equals(LIST_TOOLS)) {
                tell(listed(hint(20_000)));
            }
            elapse();
        }

        assertThat(Duration.between(before, now)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aListForOneCallerIsKnownAsSuch() {
        ready(MODERN, new CacheHint(Optional.of(Duration.ZERO), true), Capability.TOOLS);
        assertThat(report().privateLists()).containsExactly(CapabilityKind.TOOL);

        elapse();
        tell(listed(hint(0)));
        assertThat(report().privateLists()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whatAServerSpeaksIsAskedAgainEveryFiveChecks(boolean modern) {
        ready(modern ? DUAL : LEGACY, hint(0), Capability.TOOLS);
        for (int check = 1; check < 5; check++) {
            assertThat(elapse()).isEqualTo(LIST_TOOLS);
            tell(listed(hint(0)));
        }
        assertThat(elapse()).isIn(new Relearn(), LIST_TOOLS);
        if (step.next().equals(LIST_TOOLS)) {
            tell(listed(hint(0)));
        }
        assertThat(step.next()).isEqualTo(new Relearn());
        tell(new Relearned());
        assertThat(step.next()).as("it does not take the place of a check").isInstanceOf(Await.class);
        assertThat(elapse()).isEqualTo(LIST_TOOLS);
    }

    @Test
    void aServerThatLearnedAModernRevisionIsListedInIt() {
        ready(LEGACY, CacheHint.NONE, Capability.TOOLS);
        tell(connected(DUAL, Capability.TOOLS));
        assertThat(step.next()).isEqualTo(LIST_TOOLS);
        tell(listed(hint(0)));

        assertThat(report().eras()).isEqualTo(DUAL);
    }

    @Test
    void aCallThatShowsAChangeHasTheServerAskedSoonButNotWithEachCall() {
        ready(DUAL, hint(0), Capability.TOOLS);
        tell(new DiscoveryEvent.Doubted());
        tell(new DiscoveryEvent.Doubted());

        assertThat(step.next()).isEqualTo(new Await(Duration.ofSeconds(1)));
        assertThat(elapse()).isEqualTo(new Relearn());
        tell(new Relearned());
        tell(new DiscoveryEvent.Doubted());
        assertThat(step.next()).isEqualTo(new Await(Duration.ofSeconds(1)));
    }

    @Test
    void aModernServerThatOnlyTookInitializeThisTimeIsSoonAskedAgain() {
        ready(DUAL, hint(0), Capability.TOOLS);
        tell(new Outdated("server/discover", UNSUPPORTED));
        tell(connected(LEGACY, Capability.TOOLS));
        tell(listed(CacheHint.NONE));
        assertThat(elapse()).isIn(new Relearn(), LIST_TOOLS);
        tell(listed(CacheHint.NONE));
        assertThat(step.next()).isEqualTo(new Relearn());
        tell(new Relearned());

        assertThat(elapse()).isEqualTo(LIST_TOOLS);
        tell(listed(CacheHint.NONE));
        assertThat(step.next()).as("as usual from then on").isInstanceOf(Await.class);
    }

    @Test
    void aSessionThatTheQuestionMayHaveEndedIsFollowedByOneWithoutIt() {
        tell(connected(LEGACY, Capability.TOOLS));
        tell(new DiscoveryEvent.Failed("tools/list", new McpOutcome.HttpFailure(400)));
        assertThat(elapse()).isEqualTo(new Connect(false));
        tell(connected(LEGACY, Capability.TOOLS));
        tell(listed(CacheHint.NONE));
        for (int check = 1; check < 20; check++) {
            assertThat(elapse()).as("the server is left alone").isEqualTo(LIST_TOOLS);
            tell(listed(CacheHint.NONE));
        }

        elapse();
        tell(new DiscoveryEvent.Failed("tools/list", new McpOutcome.SessionLost()));
        assertThat(step.next()).as("it may be another one by now").isEqualTo(new Connect(true));
    }

    @ParameterizedTest
    @CsvSource({"true, 400", "false, 500", "false, 401"})
    void otherFailuresAreNotTheQuestionsFault(boolean modern, int status) {
        tell(connected(modern ? DUAL : LEGACY, Capability.TOOLS));
        tell(new DiscoveryEvent.Failed("tools/list", new McpOutcome.HttpFailure(status)));

        assertThat(elapse()).isEqualTo(new Connect(true));
    }

    @Test
    void whatDoesNotHoldAnyMoreIsAgreedAnewAtOnceWithTheToolsKept() {
        ready(MODERN, hint(0), Capability.TOOLS);
        tell(new Outdated("tools/list", UNSUPPORTED));

        assertThat(step.effects()).containsExactly(new DiscoveryEffect.Disconnect(true));
        assertThat(step.next()).isEqualTo(new Connect());
        assertThat(step.state().failures()).isZero();
        assertThat(tools(report())).hasSize(1);
    }

    @Test
    void aServerThatRefusesWhatItJustAgreedToIsNotHammered() {
        ready(MODERN, hint(0), Capability.TOOLS);
        tell(new Outdated("tools/list", UNSUPPORTED));
        tell(connected(MODERN, Capability.TOOLS));
        tell(new Outdated("tools/list", UNSUPPORTED));

        assertThat(step.next()).isInstanceOf(Await.class);
        assertThat(report().message())
                .startsWith(
                        "tools/list failed: the server answered error -32022: no such revision; its 1 tools are kept");
    }

    private void ready(ServerEras eras, CacheHint hint, Capability... capabilities) {
        tell(connected(eras, capabilities));
        tell(listed(hint));
    }

    private static Connected connected(ServerEras eras, Capability... capabilities) {
        String version = eras.speaksModern() ? eras.modern().getFirst() : "2025-11-25";
        return new Connected(
                new Agreed(version, eras, new ServerCapabilities(Set.of(capabilities)), Instructions.NONE));
    }

    private static Listed listed(CacheHint hint) {
        return new Listed(Map.of(CapabilityKind.TOOL, tools("a")), Map.of(), Map.of(CapabilityKind.TOOL, hint));
    }

    private static CacheHint hint(long ttlMillis) {
        return new CacheHint(Optional.of(Duration.ofMillis(ttlMillis)), false);
    }
}
