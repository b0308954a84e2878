package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.authorization.trusted.SignedHeaders;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.http.RawClient;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of single resources in {@code subscriptions/listen} (MCP 2026-07-28). */
class ModernResourcesTest {
    private static final Set<Capability> EVERYTHING = Set.of(Capability.values());

    private final EndpointFixture fixture = new EndpointFixture(Duration.ofMillis(50), 6);

    @BeforeEach
    void serve() {
        report(EVERYTHING, "doc:///a", "doc:///b", "doc:///c");
        fixture.report(
                EndpointFixture.TWO,
                EndpointFixture.modern(EVERYTHING, Instructions.NONE),
                EndpointFixture.listings(CapabilityKind.RESOURCE_TEMPLATE, "note:///{name}"));
        fixture.subscriptions.known.addAll(List.of("doc:///a", "doc:///c", "note:///x"));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void whatServersHonourIsAcknowledgedInTheClientsOrder() throws Exception {
        try (RawClient stream = listen("note:///x", "doc:///c", "doc:///b", "unknown:///", "doc:///a", "doc:///c")) {
            assertThat(stream.lineStarting("data:"))
                    .endsWith(
                            "\"notifications\":{\"resourceSubscriptions\":[\"note:///x\",\"doc:///c\",\"doc:///a\"]}}}");
            assertThat(fixture.subscriptions.open)
                    .extracting(open ->
                            open.wish().server().name() + " " + open.wish().uris())
                    .containsExactly("ns/two [note:///x]", "ns/one [doc:///c, doc:///b, doc:///a]");
        }

        await().until(fixture.subscriptions.open::isEmpty);
    }

    @Test
    void aServerThatHonoursNothingIsLeftAloneThen() throws Exception {
        try (RawClient stream = listen("doc:///b", "note:///x")) {
            stream.lineStarting("data:");

            await().until(() -> fixture.subscriptions.open.size() == 1);
        }
    }

    @Test
    void aServerThatDoesNotTellOfChangesIsNotAsked() throws Exception {
        report(Set.of(Capability.RESOURCES), "doc:///a");

        try (RawClient stream = listen("doc:///a")) {
            assertThat(stream.lineStarting("data:")).endsWith("\"notifications\":{}}}");
            assertThat(fixture.subscriptions.open).isEmpty();
        }
    }

    /** The Python SDK 1.x declares for all its servers that they do not. */
    @Test
    void aLegacyServerIsAskedWhateverItDeclares() throws Exception {
        fixture.report(
                EndpointFixture.ONE,
                Set.of(Capability.RESOURCES),
                EndpointFixture.listings(CapabilityKind.RESOURCE, "doc:///a"));

        try (RawClient stream = listen("doc:///a")) {
            assertThat(stream.lineStarting("data:"))
                    .endsWith("\"notifications\":{\"resourceSubscriptions\":[\"doc:///a\"]}}}");
        }
    }

    @Test
    void aServerIsAskedInThePlaceOfTheClient() throws Exception {
        try (RawClient stream = listen(List.of("Authorization: Bearer one"), "doc:///a")) {
            stream.lineStarting("data:");

            ServerSubscriptions.Wish wish =
                    fixture.subscriptions.open.getFirst().wish();
            assertThat(wish.client().all("authorization")).containsExactly("Bearer one");
            assertThat(wish.meta().clientInfo()).hasToString("Optional[{\"name\":\"t\",\"version\":\"1\"}]");
        }
    }

    @Test
    void aChangeIsToldWithTheClientsOwnId() throws Exception {
        try (RawClient stream = listen("doc:///a")) {
            stream.lineStarting("data:");
            fixture.subscriptions.updated("doc:///a");

            assertThat(stream.lineStarting("data:")).isEqualTo(updated("doc:///a"));
        }
    }

    @Test
    void aPartOfAResourceIsToldUnlessItIsAnotherOneThatIsHidden() throws Exception {
        report(EVERYTHING, "doc:///a", "doc:///a/hidden");
        String signed =
                SignedHeaders.capabilities("{\"tools\":{},\"prompts\":{},\"resources\":{\"ns/one\":[\"doc:///a\"]}}");

        try (RawClient stream = listen(List.of("X-Mcp-Authorized: " + signed), "doc:///a")) {
            stream.lineStarting("data:");
            fixture.subscriptions.updated("doc:///a/hidden");
            fixture.subscriptions.updated("other:///");
            fixture.subscriptions.updated("doc:///a/part");

            assertThat(stream.lineStarting("data:")).isEqualTo(updated("doc:///a/part"));
        }
    }

    @Test
    void whatTheClientNoLongerSeesIsNotTold() throws Exception {
        try (RawClient stream = listen("doc:///a", "note:///x")) {
            stream.lineStarting("data:");
            report(EVERYTHING, "doc:///b");
            fixture.subscriptions.updated("doc:///a");
            fixture.subscriptions.updated("note:///x");

            assertThat(stream.lineStarting("data:")).isEqualTo(updated("note:///x"));
        }
    }

    private void report(Set<Capability> capabilities, String... uris) {
        Listings resources = EndpointFixture.listings(CapabilityKind.RESOURCE, uris);
        fixture.report(EndpointFixture.ONE, EndpointFixture.modern(capabilities, Instructions.NONE), resources);
    }

    private RawClient listen(String... uris) throws IOException {
        return listen(List.of(), uris);
    }

    private RawClient listen(List<String> headerLines, String... uris) throws IOException {
        return ModernRequest.listen(
                fixture.port(),
                "7",
                "\"notifications\":{\"resourceSubscriptions\":[\"" + String.join("\",\"", uris) + "\"]}",
                headerLines);
    }

    private static String updated(String uri) {
        return "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"_meta\":"
                + "{\"io.modelcontextprotocol/subscriptionId\":7},\"uri\":\"" + uri + "\"}}";
    }
}
