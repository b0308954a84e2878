package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.selection.SeenNames;
import io.mcpgateway.api.contract.selection.SelectionRules;
import io.mcpgateway.api.contract.selection.ToolOverride;
import io.mcpgateway.api.contract.selection.ToolSearch;
import io.mcpgateway.broker.http.RawClient;
import io.mcpgateway.broker.listing.FindTools;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists are shortened to find_tools and pinned tools, and find_tools is answered, in both eras. */
class ToolSearchTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VIRTUAL_SERVER = "X-Mcp-Virtualserver";
    private static final String MAIL = "{\"name\":\"s1_send_mail\",\"inputSchema\":{\"type\":\"object\"}}";

    private final EndpointFixture fixture = new EndpointFixture(Duration.ofSeconds(15), 10);

    @AfterEach
    void close() {
        fixture.close();
    }

    ToolSearchTest() {
        fixture.configure(List.of(searched("ns/all"), few()));
        fixture.report(EndpointFixture.ONE, "send_mail", "list_files");
        fixture.report(EndpointFixture.TWO, "find_mail", "find_tools");
    }

    @Test
    void theListHasFindToolsAndWhatIsPinned() throws Exception {
        assertThat(names(legacy("ns/few", "tools/list", "{}"), "/result/tools"))
                .containsExactly("find_tools", "s1_list_files");
        JsonNode modern = modern("ns/few", "tools/list", "");
        assertThat(names(modern, "/result/tools")).containsExactly("find_tools", "s1_list_files");
        assertThat(modern.at("/result/tools/0")).isEqualTo(JSON.readTree(FindTools.DEFINITION.toString()));
    }

    /** Pages have two items here. */
    @Test
    void aShortenedListHasPagesToo() throws Exception {
        fixture.configure(List.of(new VirtualServer("ns/few", List.of("s1_send_mail", "s1_list_files", "find_mail"))
                .with(new ToolSearch(
                        Optional.of(ToolSearch.Mode.ON), List.of("s1_list_files", "find_mail", "nowhere")))));

        JsonNode first = legacy("ns/few", "tools/list", "{}");
        assertThat(names(first, "/result/tools")).containsExactly("find_mail", "find_tools");
        String cursor = first.at("/result/nextCursor").asText();
        JsonNode second = legacy("ns/few", "tools/list", "{\"cursor\":\"" + cursor + "\"}");
        assertThat(names(second, "/result/tools")).containsExactly("s1_list_files");
        assertThat(second.at("/result").has("nextCursor")).isFalse();
    }

    @Test
    void definitionsAreFoundByteForByte() throws Exception {
        String legacy = post("ns/few", "tools/call", find("{\"query\":\"send a mail\",\"limit\":1}"));

        assertThat(legacy).contains("\"structuredContent\":{\"tools\":[" + MAIL + "]}}");
        assertThat(JSON.readTree(legacy).at("/result/content/0/text").asText()).isEqualTo("{\"tools\":[" + MAIL + "]}");
        String modern = modernText("ns/few", "tools/call", modernFind("{\"query\":\"send a mail\",\"limit\":1}"));
        assertThat(modern)
                .contains("\"structuredContent\":{\"tools\":[" + MAIL + "]}}", "\"resultType\":\"complete\"")
                .doesNotContain("ttlMs", "cacheScope");
    }

    @Test
    void whatTheViewHidesIsNotFound() throws Exception {
        assertThat(names(
                        legacy("ns/few", "tools/call", find("{\"query\":\"mail\"}")),
                        "/result/structuredContent/tools"))
                .containsExactly("s1_send_mail");
        assertThat(names(
                        legacy("ns/all", "tools/call", find("{\"query\":\"mail\"}")),
                        "/result/structuredContent/tools"))
                .containsExactlyInAnyOrder("s1_send_mail", "find_mail");
    }

    /** Pinned tools are named as the gateway serves them, and seen as the virtual server wants it. */
    @Test
    void toolsWithOtherNamesArePinnedAndFoundUnderThem() throws Exception {
        SeenNames names =
                new SeenNames(false, false, List.of(renamed("s1_send_mail", "post"), renamed("find_mail", "look")));
        fixture.configure(List.of(
                new VirtualServer("ns/few", List.of("s1_send_mail", "find_mail"), List.of(), SelectionRules.NONE, names)
                        .with(new ToolSearch(Optional.of(ToolSearch.Mode.ON), List.of("s1_send_mail")))));

        assertThat(names(legacy("ns/few", "tools/list", "{}"), "/result/tools")).containsExactly("find_tools", "post");
        assertThat(names(
                        legacy("ns/few", "tools/call", find("{\"query\":\"look\"}")),
                        "/result/structuredContent/tools"))
                .containsExactly("look");
        assertThat(names(
                        legacy("ns/few", "tools/call", find("{\"query\":\"mail\"}")),
                        "/result/structuredContent/tools"))
                .as("the names that are replaced")
                .isEmpty();
    }

    private static ToolOverride renamed(String tool, String name) {
        return new ToolOverride(
                tool, Optional.of(name), Optional.empty(), Optional.empty(), ToolOverride.Annotations.AS_THEY_ARE);
    }

    @Test
    void noResultAndNoQuestionAreSaid() throws Exception {
        JsonNode nothing = legacy("ns/few", "tools/call", find("{\"query\":\"xyzzy\"}"));
        assertThat(nothing.at("/result/structuredContent/tools")).isEmpty();
        assertThat(nothing.at("/result/content/1/text").asText()).contains("Try other or fewer words");

        JsonNode wrong = legacy("ns/few", "tools/call", find("{\"words\":\"mail\"}"));
        assertThat(wrong.at("/result/isError").asBoolean()).isTrue();
        assertThat(wrong.at("/result/content/0/text").asText()).isEqualTo("find_tools: unknown argument \"words\"");
    }

    @Test
    void whereToolsAreListedThereIsNoFindTools() throws Exception {
        fixture.configure(List.of(new VirtualServer("ns/listed", List.of("s1_send_mail"))));

        assertThat(names(legacy("ns/listed", "tools/list", "{}"), "/result/tools"))
                .containsExactly("s1_send_mail");
        assertThat(legacy("ns/listed", "tools/call", find("{\"query\":\"mail\"}"))
                        .at("/error/message")
                        .asText())
                .contains("does not forward calls");
    }

    /** The status names both. */
    @Test
    void aServersToolOfThatNameIsLeftOutWhileAnybodySearches() throws Exception {
        assertThat(fixture.cell.get().catalog().conflictsOf(EndpointFixture.TWO))
                .singleElement()
                .satisfies(conflict -> {
                    assertThat(conflict.servedName()).isEqualTo("find_tools");
                    assertThat(conflict.keptBy().value()).isEqualTo("mcpBroker");
                });

        fixture.configure(List.of());
        assertThat(fixture.cell.get().catalog().conflictsOf(EndpointFixture.TWO))
                .isEmpty();
    }

    /** Nothing of the list has changed, and a client would only fetch the same one. */
    @Test
    void changesOfWhatCanBeFoundAreNoChangesOfTheList() throws Exception {
        try (RawClient searching = fixture.stream(fixture.initialize(VIRTUAL_SERVER, "ns/all"));
                RawClient listing = fixture.stream(fixture.initialize())) {
            searching.lineStarting(": open");
            listing.lineStarting(": open");
            fixture.report(EndpointFixture.ONE, "send_mail", "list_files", "new_mail");
            fixture.report(EndpointFixture.TWO);
            assertThat(listing.lineStarting("data: ")).contains("notifications/tools/list_changed");
            fixture.report(
                    EndpointFixture.TWO,
                    Set.of(Capability.PROMPTS),
                    EndpointFixture.listings(CapabilityKind.PROMPT, "hello"));

            assertThat(searching.lineStarting("data: ")).contains("notifications/prompts/list_changed");
        }
    }

    @Test
    void changesOfWhatIsPinnedAreChangesOfTheList() throws Exception {
        try (RawClient stream = fixture.stream(fixture.initialize(VIRTUAL_SERVER, "ns/few"))) {
            stream.lineStarting(": open");
            fixture.report(EndpointFixture.ONE, "send_mail");

            assertThat(stream.lineStarting("data: ")).contains("notifications/tools/list_changed");
        }
        assertThat(names(legacy("ns/few", "tools/list", "{}"), "/result/tools")).containsExactly("find_tools");
    }

    private static VirtualServer few() {
        return new VirtualServer("ns/few", List.of("s1_send_mail", "s1_list_files"))
                .with(new ToolSearch(Optional.of(ToolSearch.Mode.ON), List.of("s1_list_files")));
    }

    private static VirtualServer searched(String name) {
        return new VirtualServer(name, List.of("s1_send_mail", "s1_new_mail", "find_mail", "find_tools"))
                .with(new ToolSearch(Optional.of(ToolSearch.Mode.ON), List.of()));
    }

    private static String find(String arguments) {
        return "{\"name\":\"find_tools\",\"arguments\":" + arguments + "}";
    }

    private static String modernFind(String arguments) {
        return "\"name\":\"find_tools\",\"arguments\":" + arguments;
    }

    private JsonNode legacy(String virtualServer, String method, String params) throws Exception {
        return JSON.readTree(post(virtualServer, method, params));
    }

    private String post(String virtualServer, String method, String params) throws Exception {
        return fixture.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}",
                        "Mcp-Session-Id",
                        fixture.initialize(VIRTUAL_SERVER, virtualServer))
                .body();
    }

    private JsonNode modern(String virtualServer, String method, String params) throws Exception {
        return JSON.readTree(modernText(virtualServer, method, params));
    }

    private String modernText(String virtualServer, String method, String params)
            throws IOException, InterruptedException {
        String body = params.isEmpty() ? ModernRequest.body("1", method) : ModernRequest.body("1", method, params);
        return fixture.post(
                        body,
                        ModernRequest.headers(
                                method,
                                params.isEmpty()
                                        ? new String[] {VIRTUAL_SERVER, virtualServer}
                                        : new String[] {VIRTUAL_SERVER, virtualServer, "Mcp-Name", "find_tools"}))
                .body();
    }

    private static List<String> names(JsonNode answer, String pointer) {
        return StreamSupport.stream(answer.at(pointer).spliterator(), false)
                .map(tool -> tool.path("name").asText())
                .toList();
    }
}
