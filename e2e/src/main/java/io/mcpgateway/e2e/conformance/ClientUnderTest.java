package io.mcpgateway.e2e.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.process.GatewayPorts;
import io.mcpgateway.e2e.process.GatewaySetup;
import io.mcpgateway.e2e.process.Offspring;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.RunningGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The client that the suite's client scenarios test: a broker whose only server is the suite's. Each of its tools is
 * called once through the broker. The suite starts this program and appends the URL of its server.
 */
final class ClientUnderTest {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private ClientUnderTest() {}

    /** The command with which the suite starts it. */
    static List<String> command(ProjectFolder project, Path folder) {
        List<String> flags = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m");
        List<String> java = project.javaCommand(flags, ClientUnderTest.class.getName());
        return Stream.concat(java.stream(), Stream.of(folder.toString())).toList();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Offspring.endsWithUs();
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        ServerEntry server = new ServerEntry("conformance/suite", URI.create(arguments[1]), "suite.mcp.local", "");
        Path config = Files.writeString(folder.resolve("config.yaml"), ServerEntry.yaml(List.of(server)));
        GatewaySetup setup = new GatewaySetup(
                ProjectFolder.locate(),
                GatewayPorts.free(),
                config,
                folder,
                Optional.empty(),
                List.of(),
                Map.of("LOG_LEVEL", "debug"));
        try (RunningGateway gateway = RunningGateway.start(setup)) {
            gateway.awaitReady(START_LIMIT);
            awaitDiscovery(gateway);
            try (McpClient client = McpClient.connect(gateway.url())) {
                for (JsonNode tool : client.tools()) {
                    call(client, tool);
                }
            }
        }
    }

    /** Waits until the broker knows the tools of the suite's server, even if there are none. */
    private static void awaitDiscovery(RunningGateway gateway) throws IOException, InterruptedException {
        URI status = URI.create("http://127.0.0.1:" + gateway.ports().broker() + "/status");
        Instant deadline = Instant.now().plus(START_LIMIT);
        try (McpClient broker = McpClient.of(status)) {
            while (!broker.send("GET", Map.of()).json().at("/servers/0/ready").asBoolean()) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IOException("the broker did not accept the suite's server: "
                            + broker.send("GET", Map.of()).body());
                }
                Thread.sleep(50);
            }
        }
    }

    /** Calls a tool and, if the stream breaks off, resumes it, as the MCP revision requires from clients. */
    private static void call(McpClient client, JsonNode tool) throws IOException, InterruptedException {
        String numbers = tool.at("/inputSchema/properties")
                .propertyStream()
                .filter(entry -> entry.getValue().path("type").asText().equals("number"))
                .map(entry -> "\"" + entry.getKey() + "\":5")
                .collect(Collectors.joining(",", "{", "}"));
        List<String> lines;
        try (Stream<String> answer = client.stream(
                        McpClient.callBody("7", tool.path("name").asText(), numbers), Map.of())
                .body()) {
            lines = answer.toList();
        }
        System.out.println(String.join("\n", lines));
        Optional<String> lastEvent = lastValue(lines, "id: ");
        if (lastEvent.isPresent() && lines.stream().noneMatch(line -> line.contains("\"result\""))) {
            Thread.sleep(lastValue(lines, "retry: ").map(Long::parseLong).orElse(0L));
            try (Stream<String> rest =
                    client.listen(Map.of("Last-Event-ID", lastEvent.get())).body()) {
                // The gateway ends the stream after the response, so this reads all of it.
                List<String> resumed = rest.peek(System.out::println).toList();
                if (resumed.stream().noneMatch(line -> line.contains("\"result\""))) {
                    throw new IOException("the resumed stream ended without the response: " + resumed);
                }
            }
        }
    }

    private static Optional<String> lastValue(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()))
                .reduce((first, second) -> second);
    }
}
