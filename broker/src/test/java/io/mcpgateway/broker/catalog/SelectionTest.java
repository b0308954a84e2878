package io.mcpgateway.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.selection.SeenNames;
import io.mcpgateway.api.contract.selection.SelectionRule;
import io.mcpgateway.api.contract.selection.SelectionRule.Hints;
import io.mcpgateway.api.contract.selection.SelectionRules;
import io.mcpgateway.api.contract.selection.ToolOverride;
import io.mcpgateway.api.contract.selection.ToolSearch;
import io.mcpgateway.broker.listing.NameRule;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What virtual servers show by rules, and under which names. */
class SelectionTest {
    private static final Optional<Boolean> YES = Optional.of(true);
    private static final SelectionRule OF_TEAM_A = namespace("a");

    private final Offerings offerings = new Offerings()
            .server("a/git", "git_")
            .list(
                    CapabilityKind.TOOL,
                    List.of(
                            tool("read", "\"annotations\":{\"readOnlyHint\":true,\"openWorldHint\":false}"),
                            tool("write", "\"annotations\":{\"destructiveHint\":false}"),
                            tool("search", "\"title\":\"Search\"")))
            .list(CapabilityKind.PROMPT, List.of("{\"name\":\"review\"}"))
            .list(
                    CapabilityKind.RESOURCE,
                    List.of("{\"uri\":\"git://a\",\"name\":\"a\"}", "{\"uri\":\"git://secret\",\"name\":\"s\"}"))
            .list(CapabilityKind.RESOURCE_TEMPLATE, List.of("{\"uriTemplate\":\"git://{x}\",\"name\":\"t\"}"))
            .server("b/wiki", "wiki_")
            .tools("search", "edit")
            .list(CapabilityKind.PROMPT, List.of("{\"name\":\"review\"}"));

    @Test
    void aRuleForANamespaceSelectsEverythingOfItsServersAlsoWhatComesLater() {
        Selection before = select(rules(List.of(OF_TEAM_A), List.of()));
        offerings.server("a/late", "").tools("fresh");
        Selection after = select(rules(List.of(OF_TEAM_A), List.of()));

        assertThat(names(before, CapabilityKind.TOOL)).containsExactly("git_read", "git_search", "git_write");
        assertThat(names(before, CapabilityKind.PROMPT)).containsExactly("git_review");
        assertThat(names(before, CapabilityKind.RESOURCE)).containsExactly("git://a", "git://secret");
        assertThat(names(before, CapabilityKind.RESOURCE_TEMPLATE)).containsExactly("git://{x}");
        assertThat(names(after, CapabilityKind.TOOL)).contains("fresh");
    }

    @Test
    void aRuleWithPatternsIsOnlyAboutTheKindsThatItHasPatternsFor() {
        Selection selection = select(rules(List.of(patterns(List.of("*_search", "git_r??d"), List.of())), List.of()));

        assertThat(names(selection, CapabilityKind.TOOL)).containsExactly("git_read", "git_search", "wiki_search");
        assertThat(names(selection, CapabilityKind.PROMPT)).isEmpty();
        assertThat(names(selection, CapabilityKind.RESOURCE)).isEmpty();
    }

    @Test
    void aToolThatDoesNotSayWhatItDoesMayDoTheWorst() {
        assertThat(names(select(rules(List.of(hints(new Hints(YES, Optional.empty(), Optional.empty()))), List.of()))))
                .containsExactly("git_read");
        assertThat(names(select(rules(List.of(), List.of(hints(new Hints(Optional.empty(), YES, Optional.empty())))))))
                .containsExactly("git_read", "git_write");
        assertThat(names(select(rules(List.of(), List.of(hints(new Hints(Optional.empty(), Optional.empty(), YES)))))))
                .containsExactly("git_read");
    }

    @Test
    void whatIsExcludedIsNotFoundThroughATemplateOfItsServer() {
        SelectionRule secret =
                new SelectionRule(Optional.empty(), List.of(), List.of(), List.of(), List.of("git://s*"), Hints.ANY);
        RouteTable table = offerings.table(virtualServer(rules(List.of(OF_TEAM_A), List.of(secret))));
        CapabilityView view = Objects.requireNonNull(table.virtualServers().get("ns/vs"));

        assertThat(table.resource("git://other", view)).isPresent();
        assertThat(table.resource("git://a", view)).isPresent();
        assertThat(table.resource("git://secret", view)).isEmpty();
    }

    @Test
    void namesAndRulesAddUpAndExclusionWins() {
        VirtualServer virtualServer = new VirtualServer(
                "ns/vs",
                List.of("wiki_edit", "git_read"),
                List.of(),
                rules(List.of(patterns(List.of("git_w*"), List.of())), List.of(patterns(List.of("*_read"), List.of()))),
                SeenNames.AS_SERVED);

        assertThat(names(select(virtualServer))).containsExactly("git_write", "wiki_edit");
    }

    @Test
    void whatMatchesNothingIsNamed() {
        SelectionRule gone =
                new SelectionRule(Optional.of(Set.of()), List.of(), List.of(), List.of(), List.of(), Hints.ANY);
        VirtualServer virtualServer = new VirtualServer(
                "ns/vs",
                List.of("git_raed"),
                List.of("git_reveiw"),
                rules(List.of(OF_TEAM_A, gone), List.of(patterns(List.of("svn_*"), List.of()))),
                new SeenNames(false, false, List.of(named("wiki_search", "look"))));

        Selection selection = select(
                virtualServer.with(new ToolSearch(Optional.of(ToolSearch.Mode.ON), List.of("git_read", "git_wirte"))));

        assertThat(selection.unknownTools()).containsExactly("git_raed");
        assertThat(selection.unmatched())
                .containsExactly(
                        "prompt git_reveiw",
                        "include[1]",
                        "exclude[0]",
                        "pinned tool git_wirte",
                        "override of wiki_search");
    }

    @Test
    void ofTwoOriginalNamesTheOlderServersStays() {
        Selection selection = select(new VirtualServer(
                "ns/vs",
                List.of("wiki_search", "git_search", "wiki_edit"),
                List.of(),
                SelectionRules.NONE,
                new SeenNames(true, false, List.of())));

        assertThat(names(selection)).containsExactly("edit", "search", "wiki_search");
        assertThat(selection
                        .view()
                        .find(CapabilityKind.TOOL, "search")
                        .orElseThrow()
                        .route()
                        .server()
                        .name())
                .isEqualTo(new ServerName("a/git"));
        assertThat(selection.clashes()).anySatisfy(clash -> {
            assertThat(clash.servedName()).isEqualTo("wiki_search");
            assertThat(clash.keptBy()).isEqualTo(new ServerName("a/git"));
            assertThat(clash.seenAs()).contains("wiki_search");
        });
    }

    @Test
    void aChosenNameGoesBeforeWhateverServersCallTheirs() {
        Selection selection = select(new VirtualServer(
                "ns/vs",
                List.of("wiki_search", "git_search"),
                List.of("git_review"),
                SelectionRules.NONE,
                new SeenNames(true, false, List.of(named("wiki_search", "search")))));

        assertThat(selection
                        .view()
                        .find(CapabilityKind.TOOL, "search")
                        .orElseThrow()
                        .route()
                        .server()
                        .name())
                .isEqualTo(new ServerName("b/wiki"));
        assertThat(names(selection)).containsExactly("git_search", "search");
    }

    @Test
    void anOverrideChangesItsMembersAndNoOtherByte() {
        ToolOverride override = new ToolOverride(
                "git_search",
                Optional.of("find_code"),
                Optional.of("Find \"code\""),
                Optional.of("Looks for code"),
                new ToolOverride.Annotations(
                        Optional.empty(), YES, Optional.empty(), Optional.empty(), Optional.empty()));
        ToolOverride hint = new ToolOverride(
                "git_read",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new ToolOverride.Annotations(
                        Optional.of("R"), Optional.of(false), Optional.empty(), Optional.empty(), Optional.empty()));
        Selection selection = select(new VirtualServer(
                "ns/vs",
                List.of("git_search", "git_read"),
                List.of("git_review"),
                SelectionRules.NONE,
                new SeenNames(false, false, List.of(override, hint))));

        assertThat(WholeList.of(CapabilityKind.TOOL, selection.view()))
                .hasToString("{\"tools\":[{\"description\":\"Looks for code\",\"annotations\":{\"readOnlyHint\":true},"
                        + "\"name\":\"find_code\",\"inputSchema\":{\"type\":\"object\"},\"title\":\"Find \\\"code\\\"\"},"
                        + "{\"name\":\"git_read\",\"inputSchema\":{\"type\":\"object\"},\"annotations\":{\"title\":\"R\","
                        + "\"readOnlyHint\":false,\"openWorldHint\":false}}]}");
        CapabilityRoute route = selection
                .view()
                .find(CapabilityKind.TOOL, "find_code")
                .orElseThrow()
                .route();
        assertThat(route.ownName()).isEqualTo("search");
        assertThat(route.hints().readOnly())
                .as("for policies, what the server says")
                .isEmpty();
    }

    @Test
    void namesThatModelsRefuseAreReplacedByOnesThatFollowFromThemAlone() {
        String tooLong = "a".repeat(80);
        offerings.server("c/odd", "").tools("dot.ted", tooLong, "fine");
        SeenNames safe = new SeenNames(false, true, List.of());

        List<String> names = names(select(new VirtualServer(
                "ns/vs", List.of("dot.ted", tooLong, "fine", "git_read"), List.of(), SelectionRules.NONE, safe)));

        assertThat(names)
                .containsExactly(
                        "a".repeat(55) + "_" + tail(tooLong), "dot_ted_" + tail("dot.ted"), "fine", "git_read");
        assertThat(names).allSatisfy(name -> assertThat(NameRule.warning(name)).isEmpty());
    }

    @Test
    void aServersOwnViewHasAllItsItemsUnderTheirOwnNames() {
        offerings.server("c/young", "git_").tools("read", "other");
        RouteTable table = offerings.table();

        CapabilityView view = table.ofServer(new ServerName("c/young")).orElseThrow();

        assertThat(WholeList.of(CapabilityKind.TOOL, view))
                .hasToString("{\"tools\":[{\"name\":\"other\",\"inputSchema\":{\"type\":\"object\"}},"
                        + "{\"name\":\"read\",\"inputSchema\":{\"type\":\"object\"}}]}");
        assertThat(table.ofServer(new ServerName("c/none"))).isEmpty();
    }

    private static String tail(String name) {
        String safe = NameRule.safe(name);
        return safe.substring(safe.length() - 8);
    }

    /** A second gateway behind this one has it. */
    @Test
    void theNameOfTheGatewaysOwnToolIsNobodysOriginalName() {
        offerings.server("c/gateway", "far_").tools("find_tools", "other");

        Selection selection = select(new VirtualServer(
                "ns/vs",
                List.of("far_find_tools", "far_other"),
                List.of(),
                SelectionRules.NONE,
                new SeenNames(true, false, List.of())));

        assertThat(names(selection)).containsExactly("far_find_tools", "other");
    }

    private Selection select(SelectionRules rules) {
        return select(virtualServer(rules));
    }

    private Selection select(VirtualServer virtualServer) {
        return Objects.requireNonNull(
                offerings.table(virtualServer).selections().get("ns/vs"));
    }

    private static VirtualServer virtualServer(SelectionRules rules) {
        return new VirtualServer("ns/vs", List.of(), List.of(), rules, SeenNames.AS_SERVED);
    }

    private static List<String> names(Selection selection) {
        return names(selection, CapabilityKind.TOOL);
    }

    private static List<String> names(Selection selection, CapabilityKind kind) {
        return selection.view().items(kind).map(CapabilityCatalog.Served::name).toList();
    }

    private static SelectionRules rules(List<SelectionRule> include, List<SelectionRule> exclude) {
        return new SelectionRules(include, exclude);
    }

    private static SelectionRule namespace(String namespace) {
        return new SelectionRule(Optional.empty(), List.of(namespace), List.of(), List.of(), List.of(), Hints.ANY);
    }

    private static SelectionRule patterns(List<String> tools, List<String> prompts) {
        return new SelectionRule(Optional.empty(), List.of(), tools, prompts, List.of(), Hints.ANY);
    }

    private static SelectionRule hints(Hints hints) {
        return new SelectionRule(Optional.empty(), List.of(), List.of(), List.of(), List.of(), hints);
    }

    private static ToolOverride named(String tool, String name) {
        return new ToolOverride(
                tool, Optional.of(name), Optional.empty(), Optional.empty(), ToolOverride.Annotations.AS_THEY_ARE);
    }

    private static String tool(String name, String more) {
        return "{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"}," + more + "}";
    }
}
