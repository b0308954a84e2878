package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.authorization.trusted.SignedHeaders;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.client.modern.DiscoverResult;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The extensions that clients of both eras are told of: those of the servers that they see. */
class AdvertisedExtensionsTest {
    private static final String UI = "\"io.modelcontextprotocol/ui\":{}";
    private static final String VENDOR = "\"com.example/x\":{ \"rate\" : 1.0, \"n\":12345678901234567890 }";

    private final EndpointFixture fixture = new EndpointFixture(Duration.ofSeconds(15), 10);

    @BeforeEach
    void serve() {
        modern(EndpointFixture.ONE, UI + "," + VENDOR, "alpha", "beta");
        legacy(EndpointFixture.TWO, UI + ",\"org.example/y\":{}", "hello_world");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void everyExtensionOfAnyServerIsDeclaredAsTheServerWroteIt() throws Exception {
        String all = "\"extensions\":{" + VENDOR + "," + UI + ",\"org.example/y\":{}}";

        assertThat(discovered()).contains(all);
        assertThat(initialized()).contains(all);
    }

    @Test
    void onlyTheServersThatTheClientSeesCount() throws Exception {
        String[] two = {"X-Authorized-Tools", SignedHeaders.tools("{\"ns/two\":[\"hello_world\"]}")};
        String[] virtualServer = {"X-Mcp-Virtualserver", "ns/vs"};
        String[] nothing = {"X-Authorized-Tools", SignedHeaders.tools("{}")};

        assertThat(discovered(two)).contains("\"extensions\":{" + UI + ",\"org.example/y\":{}}");
        assertThat(initialized(two)).contains("\"extensions\":{" + UI + ",\"org.example/y\":{}}");
        assertThat(discovered(virtualServer)).contains("\"extensions\":{" + VENDOR + "," + UI + "}");
        assertThat(initialized(virtualServer)).contains("\"extensions\":{" + VENDOR + "," + UI + "}");
        assertThat(discovered(nothing)).doesNotContain("extensions");
        assertThat(initialized(nothing)).doesNotContain("extensions");
    }

    @Test
    void whereServersDifferOnlyWhatBothSayIsTold() throws Exception {
        legacy(EndpointFixture.TWO, "\"com.example/x\":{\"rate\":1.0,\"n\":7}", "hello_world");

        assertThat(discovered()).contains("\"com.example/x\":{ \"rate\" : 1.0 }");
        assertThat(initialized()).contains("\"com.example/x\":{ \"rate\" : 1.0 }");
    }

    private String discovered(String... headers) throws Exception {
        return fixture.post(
                        ModernRequest.body("1", "server/discover"), ModernRequest.headers("server/discover", headers))
                .body();
    }

    private String initialized(String... headers) throws Exception {
        return fixture.post(EndpointFixture.INITIALIZE, headers).body();
    }

    private void modern(ServerName server, String extensions, String... tools) {
        report(server, ServerEras.modern("2026-07-28"), "2026-07-28", extensions, tools);
    }

    private void legacy(ServerName server, String extensions, String... tools) {
        report(server, ServerEras.legacy("2025-11-25", true), "2025-11-25", extensions, tools);
    }

    private void report(ServerName server, ServerEras eras, String version, String extensions, String... tools) {
        fixture.report(
                server,
                new ServerReport.Agreed(version, eras, said(extensions), Instructions.NONE),
                EndpointFixture.listings(CapabilityKind.TOOL, tools));
    }

    private static ServerCapabilities said(String extensions) {
        return DiscoverResult.parse(
                        RawJson.of("{\"supportedVersions\":[],\"capabilities\":{\"tools\":{},\"extensions\":{"
                                + extensions + "}}}"))
                .orElseThrow()
                .capabilities();
    }
}
