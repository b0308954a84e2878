package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client on the Java MCP SDK for the stranger's bench, which speaks 2025-11-25 and earlier. Its argument is the file with
 * its jobs.
 */
@SuppressWarnings("deprecation") // Roots, sampling and logging are deprecated since 2026-07-28, and still used.
public final class JavaClient implements ClientJobs.Session {
    /** The SDK cannot cancel a call, and its sampling requests have no tools. */
    private static final Set<String> LACKING = Set.of("cancel", "sampling-tools");

    private final McpSyncClient client;
    private final Ears ears;

    private JavaClient(URI url, Duration limit, Ears ears) {
        this.ears = ears;
        this.client = connected(url, limit);
    }

    public static void main(String[] arguments) throws IOException {
        new ClientJobs(LACKING, JavaClient::new).run(Path.of(arguments[0]));
        // Does not wait for the SDK's threads.
        System.exit(0);
    }

    @Override
    public void close() {
        client.close();
    }

    private McpSyncClient connected(URI url, Duration limit) {
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
                    ears.add("form", form.message());
                    return accepted(Form.filledIn(form.requestedSchema()));
                })
                .urlElicitation(page -> {
                    ears.add("url", page.message());
                    return accepted(null);
                })
                .loggingConsumer(line -> ears.add(
                        "log", Map.of("level", line.level().name().toLowerCase(Locale.ROOT), "data", line.data())))
                .progressConsumer(progress -> ears.add("progress", progress.progress()))
                .toolsChangeConsumer(tools -> ears.add("changed", true))
                .resourcesUpdateConsumer(contents -> contents.forEach(content -> ears.add("updated", content.uri())))
                .build();
    }

    private static McpSchema.ElicitResult accepted(@Nullable Map<String, Object> content) {
        return new McpSchema.ElicitResult(McpSchema.ElicitResult.Action.ACCEPT, content);
    }

    private McpSchema.CreateMessageResult think(McpSchema.CreateMessageRequest request) {
        ears.add("sampling", textOf(request.messages().getFirst().content()));
        return new McpSchema.CreateMessageResult(
                McpSchema.Role.ASSISTANT,
                McpSchema.TextContent.builder("blue").build(),
                "none",
                McpSchema.CreateMessageResult.StopReason.END_TURN);
    }

    private static String textOf(McpSchema.Content content) {
        return content instanceof McpSchema.TextContent text ? text.text() : content.type();
    }

    @Override
    public Object run(JsonNode step) {
        if (!client.isInitialized()) {
            client.initialize();
        }
        return switch (step.path("do").asText()) {
            case "initialize" ->
                Map.of(
                        "version", client.getCurrentInitializationResult().protocolVersion(),
                        "capabilities", client.getServerCapabilities());
            case "tools" -> tools();
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
            case "call" -> call(step);
            case "prompt" ->
                client.getPrompt(
                        McpSchema.GetPromptRequest.builder(step.path("name").asText())
                                .arguments(ClientJobs.arguments(step))
                                .build());
            case "read" ->
                client.readResource(
                        McpSchema.ReadResourceRequest.builder(step.path("uri").asText())
                                .build());
            case "complete" -> complete(step);
            case "subscribe" -> subscribe(step);
            case "changed" -> changed(step);
            default ->
                throw new IllegalArgumentException(
                        "unknown step " + step.path("do").asText());
        };
    }

    private List<McpSchema.Tool> tools() {
        return all(client::listTools, McpSchema.ListToolsResult::tools, McpSchema.ListToolsResult::nextCursor);
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

    private Object call(JsonNode step) {
        if (step.has("level")) {
            client.setLoggingLevel(
                    McpSchema.LoggingLevel.fromValue(step.path("level").asText()));
        }
        return Map.of("answer", answer(step, step.path("name").asText()), "heard", ears.all(step.path("hears")));
    }

    private McpSchema.CallToolResult answer(JsonNode step, String tool) {
        McpSchema.CallToolRequest.Builder request =
                McpSchema.CallToolRequest.builder(tool).arguments(ClientJobs.arguments(step));
        if (step.path("progress").asBoolean()) {
            request.progressToken("stranger-" + step.path("scenario").asText());
        }
        return client.callTool(request.build());
    }

    private Object subscribe(JsonNode step) {
        client.subscribeResource(new McpSchema.SubscribeRequest(step.path("uri").asText()));
        answer(step, step.path("then").asText());
        return ears.first("updated");
    }

    private Object changed(JsonNode step) {
        answer(step, step.path("name").asText());
        return ClientJobs.changed(step, ears, () -> tools().stream().map(McpSchema.Tool::name));
    }

    private Object complete(JsonNode step) {
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
}
