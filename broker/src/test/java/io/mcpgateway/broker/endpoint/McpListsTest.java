package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.http.RawClient;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of every kind, in pages of two. */
class McpListsTest {
    private static final Pattern CURSOR = Pattern.compile("\"nextCursor\":\"([^\"]*)\"");
    private static final Set<Capability> EVERYTHING = Set.of(Capability.values());

    private final EndpointFixture fixture = new EndpointFixture(Duration.ofSeconds(15), 10);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void initializeDeclaresWhatSomeServerDeclares() throws Exception {
        assertThat(capabilities()).isEqualTo("{\"tools\":{\"listChanged\":true}}");

        fixture.report(EndpointFixture.ONE, Set.of(Capability.PROMPTS), Listings.NONE);
        assertThat(capabilities()).isEqualTo("{\"tools\":{\"listChanged\":true},\"prompts\":{\"listChanged\":true}}");

        fixture.report(EndpointFixture.TWO, Set.of(Capability.RESOURCES, Capability.COMPLETIONS), Listings.NONE);
        assertThat(capabilities())
                .isEqualTo("{\"tools\":{\"listChanged\":true},\"prompts\":{\"listChanged\":true},"
                        + "\"resources\":{\"listChanged\":true},\"completions\":{}}");

        fixture.report(EndpointFixture.TWO, EVERYTHING, Listings.NONE);
        assertThat(capabilities()).contains("\"resources\":{\"subscribe\":true,\"listChanged\":true}");
    }

    @ParameterizedTest
    @CsvSource({
        "PROMPT, a;b, s1_a;s1_b",
        "RESOURCE, file:///a;x:b, file:///a;x:b",
        "RESOURCE_TEMPLATE, x:{a};y:{b}, x:{a};y:{b}",
    })
    void everyKindIsListedInOrderUnderItsServedName(CapabilityKind kind, String keys, String served) throws Exception {
        fixture.report(EndpointFixture.ONE, EVERYTHING, EndpointFixture.listings(kind, keys.split(";", -1)));

        assertThat(list(kind, fixture.initialize(), "{}"))
                .matches(".*\"" + kind.listMember() + "\":\\[.*" + Pattern.quote(served.split(";", -1)[0]) + ".*"
                        + Pattern.quote(served.split(";", -1)[1]) + ".*")
                .doesNotContain("nextCursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TOOL", "PROMPT", "RESOURCE", "RESOURCE_TEMPLATE"})
    void aCursorLeadsToTheNextPageWhateverHappenedMeanwhile(CapabilityKind kind) throws Exception {
        fixture.report(
                EndpointFixture.ONE, EVERYTHING, EndpointFixture.listings(kind, "k:a", "k:b", "k:c", "k:d", "k:e"));
        String session = fixture.initialize();
        String first = list(kind, session, "{}");
        assertThat(first).contains("k:a\"", "k:b\"").doesNotContain("k:c\"");

        fixture.report(EndpointFixture.ONE, EVERYTHING, EndpointFixture.listings(kind, "k:c", "k:d", "k:e"));
        String second = list(kind, session, cursor(first));
        assertThat(second).contains("k:c\"", "k:d\"").doesNotContain("k:e\"");

        assertThat(list(kind, session, cursor(second))).contains("k:e\"").doesNotContain("nextCursor", "k:d\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "\" \"", "7", "true", "\"dG9vbHMvbGlzdAo\"", "\"cHJvbXB0cy9saXN0CmE\"", "\"/w\""})
    void aCursorThatWeDidNotIssueForThisListIsRefused(String cursor) throws Exception {
        assertThat(list(CapabilityKind.TOOL, fixture.initialize(), "{\"cursor\":" + cursor + "}"))
                .contains("\"code\":-32602", "unknown cursor: send the nextCursor of an earlier tools/list result");
    }

    @Test
    void aStreamIsToldOfEachListThatChangedAndOfNoOther() throws Exception {
        fixture.report(EndpointFixture.ONE, EVERYTHING, EndpointFixture.listings(CapabilityKind.PROMPT, "a"));
        try (RawClient stream = fixture.stream(fixture.initialize())) {
            stream.lineStarting(": open");
            fixture.report(EndpointFixture.ONE, EVERYTHING, EndpointFixture.listings(CapabilityKind.PROMPT, "b"));
            assertThat(stream.lineStarting("data:")).contains("notifications/prompts/list_changed");

            fixture.report(
                    EndpointFixture.ONE,
                    EVERYTHING,
                    with(EndpointFixture.listings(CapabilityKind.PROMPT, "b"), CapabilityKind.RESOURCE, "x:a"));
            assertThat(stream.lineStarting("data:")).contains("notifications/resources/list_changed");
        }
    }

    private static Listings with(Listings others, CapabilityKind kind, String... keys) {
        return others.with(kind, EndpointFixture.listings(kind, keys).of(kind));
    }

    private String capabilities() throws IOException, InterruptedException {
        String body = fixture.post(EndpointFixture.INITIALIZE).body();
        Matcher matcher =
                Pattern.compile("\"capabilities\":(\\{.*}),\"serverInfo\"").matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }

    private String list(CapabilityKind kind, String session, String params) throws IOException, InterruptedException {
        return fixture.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + kind.listMethod() + "\",\"params\":" + params
                                + "}",
                        "Mcp-Session-Id",
                        session)
                .body();
    }

    private static String cursor(String page) {
        Matcher matcher = CURSOR.matcher(page);
        assertThat(matcher.find()).as(page).isTrue();
        return "{\"cursor\":\"" + matcher.group(1) + "\"}";
    }
}
