package io.mcpgateway.e2e.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.process.GatewayPorts;
import io.mcpgateway.e2e.process.GatewaySetup;
import io.mcpgateway.e2e.process.Offspring;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.RunningGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The client that the suite's client scenarios test: a broker whose only server is the suite's. A client of 2025-11-25
 * uses everything that it has once, through the broker. The suite starts this program and appends the URL of its server;
 * some scenarios say in a variable which calls they want.
 */
final class ClientUnderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final String CONTEXT = "MCP_CONFORMANCE_CONTEXT";
    private static final String CALL_ID = "7";

    private final McpClient client;

    private ClientUnderTest(McpClient client) {
        this.client = client;
    }

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
        JsonNode wanted = JSON.readTree(
                        Optional.ofNullable(System.getenv(CONTEXT)).orElse("{}"))
                .path("toolCalls");
        try (RunningGateway gateway = RunningGateway.start(setup)) {
            gateway.awaitReady(START_LIMIT);
            awaitDiscovery(gateway);
            String initialize = McpClient.initialize("conformance", "{\"elicitation\":{\"form\":{}}}");
            try (McpClient client = McpClient.of(gateway.url()).initialized(initialize)) {
                new ClientUnderTest(client).useAll(wanted);
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

    /** Calls the wanted tools, otherwise each tool once; gets each prompt and reads each resource. */
    private void useAll(JsonNode wanted) throws IOException, InterruptedException {
        List<JsonNode> tools = client.tools();
        for (JsonNode call : wanted) {
            call(call.path("name").asText(), call.path("arguments").toString());
        }
        if (wanted.isMissingNode()) {
            for (JsonNode tool : tools) {
                call(tool.path("name").asText(), argumentsFor(tool.path("inputSchema")));
            }
        }
        for (JsonNode prompt : list("prompts")) {
            ask("prompts/get", JSON.createObjectNode().set("name", prompt.path("name")));
        }
        for (JsonNode resource : list("resources")) {
            ask("resources/read", JSON.createObjectNode().set("uri", resource.path("uri")));
        }
    }

    private List<JsonNode> list(String kind) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        ask(kind + "/list", JSON.createObjectNode()).at("/result/" + kind).forEach(items::add);
        return items;
    }

    private JsonNode ask(String method, JsonNode params) throws IOException {
        ObjectNode request = JSON.createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", 8)
                .put("method", method)
                .set("params", params);
        JsonNode answer = client.post(request.toString(), Map.of()).json();
        System.out.println(answer);
        return answer;
    }

    /** A value of its type for each property of a schema, as JSON. */
    static String argumentsFor(JsonNode schema) {
        ObjectNode arguments = JSON.createObjectNode();
        schema.path("properties").properties().forEach(property -> {
            switch (property.getValue().path("type").asText()) {
                case "number", "integer" -> arguments.put(property.getKey(), 5);
                case "boolean" -> arguments.put(property.getKey(), true);
                case "string" -> arguments.put(property.getKey(), "five");
                default -> {}
            }
        });
        return arguments.toString();
    }

    /** Calls a tool and, if the stream breaks off, resumes it, as the MCP revision requires from clients. */
    private void call(String tool, String arguments) throws IOException, InterruptedException {
        List<String> lines;
        try (Stream<String> answer = client.stream(McpClient.callBody(CALL_ID, tool, arguments), Map.of())
                .body()) {
            lines = answer.peek(this::reply).toList();
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

    /** Accepts each form that arrives while a call runs. */
    private void reply(String line) {
        try {
            JsonNode message = JSON.readTree(line.startsWith("data:") ? line.substring(5) : "");
            if (message.path("method").asText().equals("elicitation/create")) {
                ObjectNode response = JSON.createObjectNode().put("jsonrpc", "2.0");
                response.set("id", message.path("id"));
                response.putObject("result")
                        .put("action", "accept")
                        .set("content", JSON.readTree(argumentsFor(message.at("/params/requestedSchema"))));
                client.post(response.toString(), Map.of());
            }
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("an event is not JSON: " + line, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> lastValue(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()))
                .reduce((first, second) -> second);
    }
}
