package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.client.McpClient;
import io.modelcontextprotocol.modern.client.McpSyncClient;
import io.modelcontextprotocol.modern.client.SubscriptionEvent;
import io.modelcontextprotocol.modern.client.transport.HttpClientMcpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client on the Java MCP SDK's classes for 2026-07-28, the only revision that they speak. Its argument is the file with
 * its jobs.
 */
public final class JavaModernClient implements ClientJobs.Session {
    /** The SDK answers no questions for models and folders, hands over no logs, and cannot cancel a call. */
    private static final Set<String> LACKING = Set.of("sampling", "sampling-tools", "roots", "logging", "cancel");

    private static final String REVISION = "2026-07-28";

    private final McpSyncClient client;
    private final Ears ears;

    private JavaModernClient(URI url, Duration limit, Ears ears) {
        this.ears = ears;
        this.client = McpClient.sync(HttpClientMcpTransport.builder(url).build())
                .clientInfo(
                        McpSchema.Implementation.builder("stranger-java", "1").build())
                .roundTimeout(limit)
                .callTimeout(limit)
                .formElicitation(form -> {
                    ears.add("form", form.message());
                    return McpSchema.ElicitResult.accept(Form.filledIn(form.requestedSchema()));
                })
                .urlElicitation(page -> {
                    ears.add("url", page.message());
                    return McpSchema.ElicitResult.accept(Map.of());
                })
                .progress(progress -> ears.add("progress", progress.progress()))
                .build();
    }

    public static void main(String[] arguments) throws IOException {
        new ClientJobs(LACKING, JavaModernClient::new).run(Path.of(arguments[0]));
        // Does not wait for the SDK's threads.
        System.exit(0);
    }

    @Override
    public void close() {}

    @Override
    public Object run(JsonNode step) throws IOException {
        return switch (step.path("do").asText()) {
            case "initialize" ->
                Map.of("version", REVISION, "capabilities", client.discover().capabilities());
            case "tools" -> client.listTools().skipCache().list().tools();
            case "prompts" ->
                all(client.prompts(), McpSchema.ListPromptsResult::prompts, McpSchema.ListPromptsResult::nextCursor);
            case "resources" ->
                all(
                        client.resources(),
                        McpSchema.ListResourcesResult::resources,
                        McpSchema.ListResourcesResult::nextCursor);
            case "templates" ->
                all(
                        client.resourceTemplates(),
                        McpSchema.ListResourceTemplatesResult::resourceTemplates,
                        McpSchema.ListResourceTemplatesResult::nextCursor);
            case "call" ->
                Map.of("answer", call(step, step.path("name").asText()), "heard", ears.all(step.path("hears")));
            case "prompt" -> {
                Map<String, String> arguments = new HashMap<>();
                ClientJobs.arguments(step).forEach((name, value) -> arguments.put(name, value.toString()));
                yield client.prompt(step.path("name").asText())
                        .arguments(arguments)
                        .get();
            }
            case "read" -> client.resource(step.path("uri").asText()).read();
            case "complete" -> complete(step);
            case "subscribe" -> {
                try (McpSyncClient.Listening _ = listening(
                        client.listen().resourceUpdates(step.path("uri").asText()))) {
                    call(step, step.path("then").asText());
                    yield ears.first("updated");
                }
            }
            case "changed" -> {
                try (McpSyncClient.Listening _ = listening(client.listen().toolsChanged())) {
                    yield changed(step);
                }
            }
            default ->
                throw new IllegalArgumentException(
                        "unknown step " + step.path("do").asText());
        };
    }

    private McpSchema.CallToolResult call(JsonNode step, String tool) {
        return client.tool(tool).arguments(ClientJobs.arguments(step)).call();
    }

    /** The subscription, once the server has acknowledged it. */
    private McpSyncClient.Listening listening(McpSyncClient.ListenSpec wanted) {
        McpSyncClient.Listening listening = wanted.open(event -> {
            switch (event) {
                case SubscriptionEvent.Subscribed subscribed -> ears.add("subscribed", true);
                case SubscriptionEvent.ResourceUpdated updated -> ears.add("updated", updated.uri());
                case SubscriptionEvent.ToolsListChanged changed -> ears.add("changed", true);
                default -> {}
            }
        });
        ears.await("subscribed", 1);
        return listening;
    }

    private Object changed(JsonNode step) {
        call(step, step.path("name").asText());
        return ClientJobs.changed(
                step,
                ears,
                () -> client.listTools().skipCache().list().tools().stream().map(McpSchema.Tool::name));
    }

    private Object complete(JsonNode step) {
        JsonNode reference = step.path("ref");
        McpSchema.CompleteReference ref = reference.path("type").asText().equals("ref/prompt")
                ? new McpSchema.PromptReference(reference.path("name").asText())
                : new McpSchema.ResourceReference(reference.path("uri").asText());
        return client.completion(
                        ref,
                        step.at("/argument/name").asText(),
                        step.at("/argument/value").asText())
                .complete()
                .completion();
    }

    private static <P extends McpSchema.CacheableResult, I> List<I> all(
            McpSyncClient.ListSpec<P> list, Function<P, List<I>> items, Function<P, @Nullable String> next) {
        List<I> all = new ArrayList<>();
        P page = list.list();
        all.addAll(items.apply(page));
        for (@Nullable String cursor = next.apply(page); cursor != null; cursor = next.apply(page)) {
            page = list.cursor(cursor).list();
            all.addAll(items.apply(page));
        }
        return all;
    }
}
