package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.http.RawClient;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What modern clients get over HTTP: each file holds a request, then the response, its headers in order of name. {@code
 * -Dgolden=update} rewrites the response.
 */
class ModernGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/endpoint/modern");
    private static final String DIVIDER = "---\n";
    private static final EndpointFixture FIXTURE = new EndpointFixture(Duration.ofSeconds(15), 10);

    @BeforeAll
    static void serve() {
        Listings one = EndpointFixture.listings(CapabilityKind.TOOL, "gamma", "alpha", "beta");
        one = with(one, CapabilityKind.PROMPT, "tell", "ask");
        one = with(one, CapabilityKind.RESOURCE, "doc:///b", "doc:///a");
        one = with(one, CapabilityKind.RESOURCE_TEMPLATE, "doc:///{name}");
        ServerReport.Agreed everything =
                EndpointFixture.modern(Set.of(Capability.values()), Instructions.of("first of all"));
        FIXTURE.report(EndpointFixture.ONE, everything, one);
        FIXTURE.reportModern(EndpointFixture.TWO, "hello_world");
    }

    @AfterAll
    static void stop() {
        FIXTURE.close();
    }

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theResponseIsAsRecorded(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        String[] parts = Files.readString(file).split(DIVIDER, -1);
        String response = response(parts[0]);
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(file, parts[0] + DIVIDER + response);
        }

        assertThat(Files.readString(file)).isEqualTo(parts[0] + DIVIDER + response);
    }

    @Test
    void theSameRequestIsAnsweredWithTheSameBytes() throws Exception {
        Set<String> answers = new TreeSet<>();
        for (int count = 0; count < 5; count++) {
            serve();
            answers.add(FIXTURE.post(ModernRequest.body("1", "tools/list"), ModernRequest.headers("tools/list"))
                    .body());
        }

        assertThat(answers).hasSize(1);
    }

    private static String response(String request) throws IOException {
        int end = request.indexOf("\n\n");
        String head = request.substring(0, end).replaceFirst("(?s)^(#[^\n]*\n)+", "");
        String body = request.substring(end + 2).strip();
        try (RawClient client = new RawClient(FIXTURE.port())) {
            client.send(head + "\nHost: h\nConnection: close\nContent-Type: application/json\nContent-Length: "
                    + body.length() + "\n\n" + body);
            List<String> lines = client.head();
            String headers = lines.stream()
                    .skip(1)
                    .filter(line -> !line.startsWith("Date:") && !line.startsWith("Connection:"))
                    .sorted()
                    .reduce("", (before, line) -> before + line + "\n");
            return lines.getFirst() + "\n" + headers + "\n" + client.rest().strip() + "\n";
        }
    }

    private static Listings with(Listings others, CapabilityKind kind, String... keys) {
        return others.with(kind, EndpointFixture.listings(kind, keys).of(kind));
    }
}
