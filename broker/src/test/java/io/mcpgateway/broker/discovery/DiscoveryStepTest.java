package io.mcpgateway.broker.discovery;

import static io.mcpgateway.broker.discovery.ToolLists.listed;
import static io.mcpgateway.broker.discovery.ToolLists.parse;
import static io.mcpgateway.broker.discovery.ToolLists.tools;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerReport.Agreed;
import io.mcpgateway.broker.catalog.ServerReport.Phase;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.McpOutcome.Failure;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Answered;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Changed;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Connected;
import io.mcpgateway.broker.discovery.DiscoveryEvent.Failed;
import io.mcpgateway.broker.discovery.DiscoveryEvent.WatchEnded;
import io.mcpgateway.broker.discovery.DiscoveryEvent.WatchOpened;
import io.mcpgateway.broker.discovery.DiscoveryOperation.Await;
import io.mcpgateway.broker.discovery.DiscoveryOperation.Connect;
import io.mcpgateway.broker.discovery.DiscoveryOperation.ListAgain;
import io.mcpgateway.broker.discovery.DiscoveryOperation.Ping;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loop's decisions in virtual time: every wait passes at once. */
class DiscoveryStepTest extends VirtualTime {
    private static final Failure REFUSED = new McpOutcome.Unreachable("connection refused");
    private static final ServerCapabilities TOOLS = new ServerCapabilities(Set.of(Capability.TOOLS));
    private static final ServerCapabilities CHANGING =
            new ServerCapabilities(Set.of(Capability.TOOLS, Capability.TOOLS_LIST_CHANGED));
    private static final ListAgain LIST_TOOLS = new ListAgain(Set.of(CapabilityKind.TOOL));

    @Test
    void firstConnectsThenListsThenPublishes() {
        assertThat(step.next()).isEqualTo(new Connect());

        tell(new Connected(new Agreed("2025-06-18", TOOLS, Instructions.NONE)));
        assertThat(step.next()).isEqualTo(LIST_TOOLS);
        assertThat(step.effects()).isEmpty();

        tell(listed(tools("a", "b")));
        assertThat(report().phase()).isEqualTo(Phase.READY);
        assertThat(report().message()).isEqualTo("server added successfully. Total tools added 2");
        assertThat(report().protocolVersion()).contains("2025-06-18");
        assertThat(report().lastValidated()).contains(now);
        assertThat(discoveredTools()).contains(2);
        assertThat(step.next()).isEqualTo(new Await(Duration.ofSeconds(60)));
    }

    @Test
    void withoutAnnouncementsTheListIsReadAtEachInterval() {
        ready(TOOLS, "a");

        assertThat(elapse()).isEqualTo(LIST_TOOLS);
        tell(listed(tools("a")));
        assertThat(step.effects()).as("nothing new").isEmpty();

        elapse();
        tell(listed(tools("a", "c")));
        assertThat(tools(report())).hasSize(2);
        assertThat(discoveredTools()).contains(2);
    }

    /** Checks that find nothing new are not published, but an outage begins with the last of them. */
    @Test
    void anOutageBeginsWithTheLastCheckThatPassed() {
        ready(TOOLS, "a");
        elapse();
        tell(listed(tools("a")));
        Instant seen = now;
        assertThat(step.effects()).as("nothing new").isEmpty();

        elapse();
        tell(new Failed("tools/list", REFUSED));

        assertThat(report().lastValidated()).contains(seen);
    }

    @Test
    void editedDefinitionUnderTheOldNameIsPublished() {
        ready(TOOLS, "a");

        elapse();
        tell(listed(parse("{\"tools\":[{\"name\":\"a\",\"title\":\"new\",\"inputSchema\":{\"type\":\"object\"}}]}")));

        assertThat(tools(report()).getFirst().json().toString()).contains("\"title\":\"new\"");
        assertThat(discoveredTools()).contains(1);
    }

    @Test
    void announcedChangesAreListedAndPingsKeepTheSession() {
        tell(new Connected(new Agreed("2025-11-25", CHANGING, Instructions.NONE)));
        assertThat(step.effects()).containsExactly(new DiscoveryEffect.StartWatch());
        tell(listed(tools("a")));
        tell(new WatchOpened());
        assertThat(step.next()).as("what was missed before").isEqualTo(new Await(Duration.ofSeconds(1)));
        assertThat(elapse()).isEqualTo(LIST_TOOLS);
        tell(listed(tools("a")));

        assertThat(elapse()).isEqualTo(new Ping());
        tell(new Answered());
        assertThat(step.effects()).isEmpty();

        tell(new Changed(Set.of(CapabilityKind.TOOL)));
        assertThat(step.next()).isEqualTo(LIST_TOOLS);
    }

    @Test
    void burstOfAnnouncementsIsOneListPerSecond() {
        ready(CHANGING, "a");
        tell(new Changed(Set.of(CapabilityKind.TOOL)));
        tell(new Changed(Set.of(CapabilityKind.TOOL)));
        assertThat(step.next()).isEqualTo(new Await(Duration.ofSeconds(1)));
        assertThat(elapse()).isEqualTo(LIST_TOOLS);
        tell(listed(tools("a")));
        assertThat(step.next()).isEqualTo(new Await(Duration.ofSeconds(60)));
    }

    @Test
    void lostWatchFallsBackToListing() {
        ready(CHANGING, "a");
        tell(new WatchOpened());
        elapse();
        tell(listed(tools("a")));
        tell(new WatchEnded());

        assertThat(elapse()).isEqualTo(LIST_TOOLS);
    }

    @Test
    void serverThatNeverConnectedFailsAtOnceAndKeepsTrying() {
        tell(new Failed("initialize", REFUSED));
        assertThat(report().phase()).isEqualTo(Phase.FAILED);
        assertThat(report().message()).isEqualTo("initialize failed: connection refused");
        assertThat(step.effects()).contains(new DiscoveryEffect.LogFailure("initialize failed: connection refused"));

        assertThat(elapse()).isEqualTo(new Connect());
        tell(new Failed("initialize", REFUSED));
        assertThat(step.effects()).as("said once").isEmpty();
        assertThat(elapse()).isEqualTo(new Connect());

        tell(new Connected(new Agreed("2025-11-25", TOOLS, Instructions.NONE)));
        tell(listed(tools("a")));
        assertThat(report().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void toolsSurviveTwoFailuresAndTheThirdRemovesThem() {
        ready(TOOLS, "a", "b");

        fail("tools/list");
        assertThat(report().phase()).isEqualTo(Phase.READY);
        assertThat(tools(report())).hasSize(2);
        assertThat(report().message())
                .isEqualTo("tools/list failed: connection refused; its 2 tools are kept, failed attempt 1 of 3");
        fail("initialize");
        assertThat(tools(report())).hasSize(2);
        fail("initialize");

        assertThat(report().phase()).isEqualTo(Phase.FAILED);
        assertThat(tools(report())).isEmpty();
        assertThat(report().message())
                .isEqualTo("initialize failed: connection refused; tools removed after 3 failed attempts");
        assertThat(discoveredTools()).contains(0);
        assertThat(report().protocolVersion()).contains("2025-11-25");

        elapse();
        tell(new Connected(new Agreed("2025-11-25", TOOLS, Instructions.NONE)));
        tell(listed(tools("a", "b")));
        assertThat(report().phase()).isEqualTo(Phase.READY);
        assertThat(discoveredTools()).contains(2);
    }

    @Test
    void recoveryBeforeTheThirdFailureForgetsTheOthers() {
        ready(TOOLS, "a");
        for (int round = 0; round < 3; round++) {
            fail("tools/list");
            fail("initialize");
            elapse();
            tell(new Connected(new Agreed("2025-11-25", TOOLS, Instructions.NONE)));
            tell(listed(tools("a")));
            assertThat(tools(report())).hasSize(1);
            assertThat(report().message()).startsWith("server added successfully");
            assertThat(step.effects()).as("same tools").noneMatch(DiscoveryEffect.LogDiscovered.class::isInstance);
            elapse();
        }
    }

    @Test
    void connectingWithoutListingIsNoRecovery() {
        ready(TOOLS, "a");
        for (int attempt = 0; attempt < 3; attempt++) {
            tell(new Failed("tools/list", new McpOutcome.HttpFailure(500)));
            elapse();
            tell(new Connected(new Agreed("2025-11-25", TOOLS, Instructions.NONE)));
        }

        assertThat(report().phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void lostSessionIsReplacedAtOnceWithTheToolsKept() {
        ready(TOOLS, "a");
        elapse();
        tell(new Failed("tools/list", new McpOutcome.SessionLost()));

        assertThat(step.next()).isEqualTo(new Connect());
        assertThat(step.effects()).containsExactly(new DiscoveryEffect.Disconnect(false));
        assertThat(step.state().failures()).isZero();
    }

    @Test
    void serverThatForgetsEverySessionIsNotHammered() {
        ready(TOOLS, "a");
        elapse();
        tell(new Failed("tools/list", new McpOutcome.SessionLost()));
        tell(new Connected(new Agreed("2025-11-25", TOOLS, Instructions.NONE)));
        tell(new Failed("tools/list", new McpOutcome.SessionLost()));

        assertThat(step.next()).isInstanceOf(Await.class);
        assertThat(step.state().failures()).isEqualTo(1);
    }

    @Test
    void refusedCredentialIsLoggedOnceAsAuth() {
        tell(new Failed("initialize", new McpOutcome.HttpFailure(401)));
        assertThat(step.effects()).anyMatch(DiscoveryEffect.LogAuthFailure.class::isInstance);
        assertThat(report().message()).contains("auth");

        elapse();
        tell(new Failed("initialize", new McpOutcome.HttpFailure(401)));
        assertThat(step.effects()).isEmpty();
    }

    @Test
    void serverWithoutToolsCapabilityIsReadyWithNoneAndSaysWhy() {
        tell(new Connected(new Agreed("2025-11-25", ServerCapabilities.NONE, Instructions.NONE)));

        assertThat(report().phase()).isEqualTo(Phase.READY);
        assertThat(report().message())
                .isEqualTo("server added successfully. Total tools added 0: the server declares no tools capability");
        assertThat(elapse()).isEqualTo(new Ping());
    }

    @Test
    void emptyListIsReadyWithNone() {
        ready(TOOLS);

        assertThat(report().phase()).isEqualTo(Phase.READY);
        assertThat(report().message()).isEqualTo("server added successfully. Total tools added 0");
    }

    @Test
    void invalidToolsAreNamedInTheMessage() {
        tell(new Connected(new Agreed("2025-11-25", TOOLS, Instructions.NONE)));
        tell(listed(parse("{\"tools\":[{\"name\":\"a\",\"inputSchema\":{\"type\":\"object\"}},{\"name\":\"b\"}]}")));

        assertThat(report().message())
                .isEqualTo("server added successfully. Total tools added 1, 1 not served: b (inputSchema is missing)");
        assertThat(report().listing(CapabilityKind.TOOL).invalid()).hasSize(1);
    }

    @Test
    void changedAddressKeepsTheOldToolsUntilTheThirdFailure() {
        ServerReport old = readyReport();
        step = DiscoveryStep.start(DiscoveryState.inheriting(old, now), moment());

        tell(new Failed("initialize", REFUSED));
        assertThat(tools(report())).isEqualTo(tools(old));
        fail("initialize");
        fail("initialize");
        assertThat(tools(report())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0, 60, 5000",
        "1, 0.0, 60, 2500",
        "2, 1.0, 60, 10000",
        "3, 1.0, 60, 20000",
        "1, 1.0, 24, 2000",
        "1, 1.0, 1, 1000",
        "7, 1.0, 60, 60000",
        "500, 1.0, 60, 60000",
        "500, 0.0, 60, 30000",
        "9, 1.0, 10, 10000",
        "9, 1.0, 600, 60000",
    })
    void retriesBackOffUpToTheCap(int failures, double chance, int interval, long millis) {
        assertThat(DiscoveryTiming.every(Duration.ofSeconds(interval)).backoff(failures, chance))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, 1, 60, 1000",
        "NONE, 2, 60, 2000",
        "NONE, 500, 60, 60000",
        "NONE, 9, 10, 10000",
        "KNOWN, 1, 60, 5000",
        "REMOVED, 4, 60, 40000",
    })
    void aServerThatNeverListedAnythingIsAskedAgainSoon(
            DiscoveryState.Knowledge knowledge, int failures, int interval, long millis) {
        assertThat(DiscoveryTiming.every(Duration.ofSeconds(interval)).retry(knowledge, failures, 1.0))
                .isEqualTo(Duration.ofMillis(millis));
    }

    private void ready(ServerCapabilities capabilities, String... names) {
        tell(new Connected(new Agreed("2025-11-25", capabilities, Instructions.NONE)));
        tell(listed(tools(names)));
    }

    private ServerReport readyReport() {
        ready(TOOLS, "a");
        return report();
    }

    private void fail(String operation) {
        elapse();
        tell(new Failed(operation, REFUSED));
    }

    private List<Integer> discoveredTools() {
        return step.effects().stream()
                .filter(DiscoveryEffect.LogDiscovered.class::isInstance)
                .map(effect -> ((DiscoveryEffect.LogDiscovered) effect)
                        .listings()
                        .of(CapabilityKind.TOOL)
                        .items()
                        .size())
                .toList();
    }
}
