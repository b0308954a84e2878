package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client on the Java MCP SDK for the stranger's bench. Its jobs and its output are described in
 * e2e/foreign/strangers/README.md. Its argument is the file with its jobs.
 */
public final class JavaClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The SDK cannot cancel a call, and its sampling requests have no tools. */
    private static final Set<String> LACKING = Set.of("cancel", "sampling-tools");

    private static final int TRIES = 500;
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    /** The notifications and requests that the client gets during a step. */
    private final Map<String, List<Object>> heard = new ConcurrentHashMap<>();

    private final Duration limit;

    private JavaClient(Duration limit) {
        this.limit = limit;
    }

    public static void main(String[] arguments) throws IOException {
        JsonNode plan = JSON.readTree(Path.of(arguments[0]).toFile());
        for (JsonNode job : plan.path("jobs")) {
            new JavaClient(Duration.ofMillis(plan.path("limitMillis").asLong())).run(job);
        }
        // Does not wait for the SDK's threads.
        System.exit(0);
    }

    private void run(JsonNode job) {
        try (McpSyncClient client = connected(URI.create(job.path("url").asText()))) {
            for (JsonNode step : job.path("steps")) {
                heard.clear();
                tell(job, step, said(client, step));
            }
        }
    }

    private McpSyncClient connected(URI url) {
        String base = url.getScheme() + "://" + url.getAuthority();
        return McpClient.sync(HttpClientStreamableHttpTransport.builder(base)
                        .endpoint(url.getPath())
                        .build())
                .requestTimeout(limit)
                .initializationTimeout(limit)
                .clientInfo(
                        McpSchema.Implementation.builder("stranger-java", "1").build())
                .capabilities(McpSchema.ClientCapabilities.builder()
                        .roots(true)
                        .sampling()
                        .elicitation(true, true)
                        .build())
                .roots(new McpSchema.Root("file:///stranger", "stranger"))
                .sampling(this::think)
                .elicitation(form -> {
                    add("form", form.message());
                    return accepted(Form.filledIn(form.requestedSchema()));
                })
                .urlElicitation(page -> {
                    add("url", page.message());
                    return accepted(null);
                })
                .loggingConsumer(line -> add("log", line.level() + ": " + line.data()))
                .progressConsumer(progress -> add("progress", progress.progress()))
                .build();
    }

    private static McpSchema.ElicitResult accepted(@Nullable Map<String, Object> content) {
        return new McpSchema.ElicitResult(McpSchema.ElicitResult.Action.ACCEPT, content);
    }

    private McpSchema.CreateMessageResult think(McpSchema.CreateMessageRequest request) {
        add("sampling", textOf(request.messages().getFirst().content()));
        return new McpSchema.CreateMessageResult(
                McpSchema.Role.ASSISTANT,
                McpSchema.TextContent.builder("blue").build(),
                "none",
                McpSchema.CreateMessageResult.StopReason.END_TURN);
    }

    private static String textOf(McpSchema.Content content) {
        return content instanceof McpSchema.TextContent text ? text.text() : content.type();
    }

    private void add(String kind, Object value) {
        heard.computeIfAbsent(kind, any -> new CopyOnWriteArrayList<>()).add(value);
    }

    /**
     * What has arrived, once there are this many of a kind: notifications may be handled after the response. The SDK
     * handles several at a time, so their order means nothing.
     */
    private Map<String, List<Object>> heard(JsonNode hears) {
        for (int tries = 0; tries < TRIES && late(hears); tries++) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        Map<String, List<Object>> sorted = new HashMap<>(heard);
        sorted.replaceAll((kind, events) ->
                events.stream().sorted(Comparator.comparing(Object::toString)).toList());
        return sorted;
    }

    private boolean late(JsonNode hears) {
        return hears.properties().stream()
                .anyMatch(kind -> heard.getOrDefault(kind.getKey(), List.of()).size()
                        < kind.getValue().asInt());
    }

    private static void tell(JsonNode job, JsonNode step, ObjectNode outcome) {
        ObjectNode line = JSON.createObjectNode()
                .put("server", job.path("server").asText())
                .put("scenario", step.path("scenario").asText());
        System.out.println(line.setAll(outcome));
    }

    private ObjectNode said(McpSyncClient client, JsonNode step) {
        ObjectNode outcome = JSON.createObjectNode();
        if (LACKING.contains(step.path("scenario").asText())) {
            return outcome.put("notOffered", "the Java SDK cannot do it");
        }
        try {
            if (!client.isInitialized()) {
                client.initialize();
            }
            return outcome.set("result", JSON.valueToTree(run(client, step)));
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return outcome.put("error", cause.getClass().getSimpleName() + ": " + cause.getMessage());
        }
    }

    private Object run(McpSyncClient client, JsonNode step) {
        return switch (step.path("do").asText()) {
            case "initialize" ->
                Map.of(
                        "version", client.getCurrentInitializationResult().protocolVersion(),
                        "capabilities", client.getServerCapabilities());
            case "tools" ->
                all(client::listTools, McpSchema.ListToolsResult::tools, McpSchema.ListToolsResult::nextCursor);
            case "prompts" ->
                all(client::listPrompts, McpSchema.ListPromptsResult::prompts, McpSchema.ListPromptsResult::nextCursor);
            case "resources" ->
                all(
                        client::listResources,
                        McpSchema.ListResourcesResult::resources,
                        McpSchema.ListResourcesResult::nextCursor);
            case "templates" ->
                all(
                        client::listResourceTemplates,
                        McpSchema.ListResourceTemplatesResult::resourceTemplates,
                        McpSchema.ListResourceTemplatesResult::nextCursor);
            case "call" -> call(client, step);
            case "prompt" ->
                client.getPrompt(
                        McpSchema.GetPromptRequest.builder(step.path("name").asText())
                                .arguments(arguments(step))
                                .build());
            case "read" ->
                client.readResource(
                        McpSchema.ReadResourceRequest.builder(step.path("uri").asText())
                                .build());
            case "complete" -> complete(client, step);
            default ->
                throw new IllegalArgumentException(
                        "unknown step " + step.path("do").asText());
        };
    }

    private static <P, I> List<I> all(
            Function<@Nullable String, P> list, Function<P, List<I>> items, Function<P, @Nullable String> next) {
        List<I> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            P page = list.apply(cursor);
            all.addAll(items.apply(page));
            cursor = next.apply(page);
        } while (cursor != null);
        return all;
    }

    private Object call(McpSyncClient client, JsonNode step) {
        if (step.has("level")) {
            client.setLoggingLevel(
                    McpSchema.LoggingLevel.fromValue(step.path("level").asText()));
        }
        McpSchema.CallToolRequest.Builder request =
                McpSchema.CallToolRequest.builder(step.path("name").asText()).arguments(arguments(step));
        if (step.path("progress").asBoolean()) {
            request.progressToken("stranger-" + step.path("scenario").asText());
        }
        McpSchema.CallToolResult answer = client.callTool(request.build());
        return Map.of("answer", answer, "heard", heard(step.path("hears")));
    }

    private static Object complete(McpSyncClient client, JsonNode step) {
        JsonNode reference = step.path("ref");
        McpSchema.CompleteReference ref = reference.path("type").asText().equals("ref/prompt")
                ? new McpSchema.PromptReference(reference.path("name").asText())
                : new McpSchema.ResourceReference(reference.path("uri").asText());
        McpSchema.CompleteRequest.CompleteArgument argument = new McpSchema.CompleteRequest.CompleteArgument(
                step.at("/argument/name").asText(), step.at("/argument/value").asText());
        return client.completeCompletion(
                        McpSchema.CompleteRequest.builder(ref, argument).build())
                .completion();
    }

    private static Map<String, Object> arguments(JsonNode step) {
        return step.has("arguments")
                ? JSON.convertValue(step.path("arguments"), new TypeReference<Map<String, Object>>() {})
                : Map.of();
    }
}
