package io.mcpgateway.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pairs of files: {@code <order>-<prefix>.json} is one server's tools/list result, {@code list.json} what the gateway
 * serves of all of them, {@code routes.txt} where it goes and what is not served. {@code -Dgolden=update} rewrites the
 * last two.
 */
class CatalogGoldenTest {
    private static final Path CASES = Path.of("src/test/resources/golden/catalog");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> directories = Files.list(CASES)) {
            return directories.map(path -> path.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void catalogueIsAsRecorded(String name) throws IOException {
        Path directory = CASES.resolve(name);
        List<McpServer> servers = new ArrayList<>();
        Map<ServerName, ServerReport> reports = new LinkedHashMap<>();
        for (Path input : inputs(directory)) {
            McpServer server = server(input.getFileName().toString());
            servers.add(server);
            reports.put(server.name(), report(server, Files.readAllBytes(input)));
        }

        CapabilityCatalog catalog = CapabilityCatalog.merge(new BrokerConfig(servers, List.of()), reports);

        check(
                directory.resolve("list.json"),
                WholeList.of(
                                CapabilityKind.TOOL,
                                RouteTable.of(catalog, List.of(), List.of()).everything())
                        .toString());
        check(directory.resolve("routes.txt"), describe(servers, reports, catalog));
    }

    private static List<Path> inputs(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.getFileName().toString().matches("[0-9]+-.*\\.json"))
                    .sorted()
                    .toList();
        }
    }

    private static McpServer server(String file) {
        int dash = file.indexOf('-');
        return new McpServer(
                new ServerName("ns/server" + file.substring(0, dash)),
                URI.create("http://server" + file.substring(0, dash) + "/mcp"),
                "server" + file.substring(0, dash) + ".mcp.local",
                file.substring(dash + 1, file.length() - ".json".length()),
                Optional.empty(),
                McpServer.State.ENABLED);
    }

    private static ServerReport report(McpServer server, byte[] result) {
        Listing tools = Listing.join(CapabilityKind.TOOL, List.of((ListPage.Items)
                ListParser.parse(CapabilityKind.TOOL, RawJson.of(result))));
        Listings listings = Listings.NONE.with(CapabilityKind.TOOL, tools);
        return new ServerReport(
                server.name(),
                ServerReport.Phase.READY,
                ServerStatusText.added(listings),
                Optional.of(new ServerReport.Agreed("2025-11-25", ServerCapabilities.NONE, Instructions.NONE)),
                listings,
                Optional.empty());
    }

    private static String describe(
            List<McpServer> servers, Map<ServerName, ServerReport> reports, CapabilityCatalog catalog) {
        StringBuilder text = new StringBuilder();
        catalog.of(CapabilityKind.TOOL)
                .values()
                .forEach(tool -> text.append(tool.name())
                        .append(" -> ")
                        .append(tool.route().server().name())
                        .append(' ')
                        .append(tool.route().ownName())
                        .append(' ')
                        .append(tool.route().hints().headerValue())
                        .append('\n'));
        for (McpServer server : servers) {
            ServerReport report = java.util.Objects.requireNonNull(reports.get(server.name()));
            report.listing(CapabilityKind.TOOL)
                    .invalid()
                    .forEach(tool ->
                            text.append(server.name() + " invalid " + tool.name() + ": " + tool.reason() + "\n"));
            ServerStatusText status = ServerStatusText.of(report, catalog.conflictsOf(server.name()));
            text.append(server.name() + " ready=" + status.ready() + " tools=" + status.served(CapabilityKind.TOOL)
                    + " " + status.message() + "\n");
        }
        return text.toString();
    }

    private static void check(Path file, String actual) throws IOException {
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
