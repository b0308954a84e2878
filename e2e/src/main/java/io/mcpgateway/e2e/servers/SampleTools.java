package io.mcpgateway.e2e.servers;

import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tools of each kind of sample server, with the names and results of the guide's test servers. */
final class SampleTools {
    /** The key of the request's headers in the transport context, a {@code Map<String, String>}. */
    static final String HEADERS = "headers";

    private static final int LONGEST_WAIT_SECONDS = 600;

    private SampleTools() {}

    static void addTo(McpSyncServer server, SampleOptions options) {
        List<SyncToolSpecification> tools = switch (options.kind()) {
            case SERVER1 -> List.of(greet(), time(), slow(), headers(), addTool(server));
            case SERVER2 -> List.of(helloWorld(), time(), headers(), auth1234(), slow(), setTime(), pourChocolate());
            case API_KEY, CUSTOM_PATH -> List.of(helloWorld());
            case MANY_TOOLS ->
                IntStream.rangeClosed(1, options.tools())
                        .mapToObj(SampleTools::search)
                        .toList();
            case BROKEN, ECHO -> List.of();
        };
        tools.forEach(server::addTool);
        if (options.kind() == SampleKind.SERVER1) {
            server.addPrompt(greetPrompt());
        }
    }

    private static SyncToolSpecification greet() {
        return tool(
                reading("greet", "Says hi to somebody", Schemas.one("name", "string", "Whom to greet")),
                (exchange, request) -> text("Hi " + argument(request, "name")));
    }

    private static SyncToolSpecification helloWorld() {
        return tool(
                reading("hello_world", "Says hello to somebody", Schemas.one("name", "string", "Whom to greet")),
                (exchange, request) -> text("Hello, " + argument(request, "name") + "!"));
    }

    private static SyncToolSpecification time() {
        return tool(
                reading("time", "The current time, UTC", Schemas.none()),
                (exchange, request) ->
                        text(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    private static SyncToolSpecification headers() {
        return tool(
                reading("headers", "The HTTP headers that this call came with", Schemas.none()),
                (exchange, request) -> text(requestHeaders(exchange).entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue())
                        .collect(Collectors.joining("\n"))));
    }

    private static SyncToolSpecification auth1234() {
        return tool(
                reading("auth1234", "Succeeds for Authorization: Bearer 1234", Schemas.none()),
                (exchange, request) ->
                        "Bearer 1234".equals(requestHeaders(exchange).get("Authorization"))
                                ? text("Success!")
                                : error("requires Authorization: Bearer 1234"));
    }

    private static SyncToolSpecification slow() {
        return tool(
                reading(
                        "slow",
                        "Waits some seconds and reports its progress every second",
                        Schemas.one("seconds", "integer", "How long to wait")),
                SampleTools::waitSeconds);
    }

    private static CallToolResult waitSeconds(McpSyncServerExchange exchange, CallToolRequest request) {
        int seconds = arguments(request).get("seconds") instanceof Number number ? number.intValue() : -1;
        if (seconds < 0 || seconds > LONGEST_WAIT_SECONDS) {
            return error("seconds must be a number from 0 to " + LONGEST_WAIT_SECONDS);
        }
        Object token = request.meta() == null ? null : request.meta().get("progressToken");
        try {
            for (int second = 0; second < seconds; second++) {
                tell(exchange, token, second, seconds);
                Thread.sleep(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error("interrupted");
        }
        return text("waited " + seconds + " s");
    }

    private static void tell(McpSyncServerExchange exchange, @Nullable Object token, int second, int seconds) {
        if (token != null) {
            exchange.progressNotification(ProgressNotification.builder(token, second)
                    .total((double) seconds)
                    .message("second " + second)
                    .build());
        }
    }

    private static SyncToolSpecification addTool(McpSyncServer server) {
        Map<String, Object> schema = Schemas.object(
                Map.of(
                        "name", Map.of("type", "string", "description", "Name of the new tool"),
                        "description", Map.of("type", "string", "description", "Its description")),
                List.of("name"));
        return tool(
                changing("add_tool", "Adds a tool and notifies the clients", schema, false), (exchange, request) -> {
                    String name = argument(request, "name");
                    String description =
                            Objects.toString(arguments(request).get("description"), "A tool added at run time");
                    server.addTool(tool(reading(name, description, Schemas.none()), (e, r) -> text("this is " + name)));
                    return text("added " + name);
                });
    }

    private static SyncToolSpecification setTime() {
        return tool(
                changing("set_time", "Pretends to set the clock", Schemas.one("time", "string", "RFC 3339"), false),
                (exchange, request) -> text("The time is " + argument(request, "time") + " now"));
    }

    private static SyncToolSpecification pourChocolate() {
        return tool(
                changing(
                        "pour_chocolate_into_mold",
                        "Fills a mold; what was in it is lost",
                        Schemas.one("milliliters", "integer", "How much"),
                        true),
                (exchange, request) -> text("poured " + argument(request, "milliliters") + " ml"));
    }

    private static SyncToolSpecification search(int number) {
        String name = "search_collection_%04d".formatted(number);
        return tool(
                reading(name, "Searches collection " + number + " for documents", Schemas.search(number)),
                (exchange, request) -> text("nothing found for " + argument(request, "query")));
    }

    private static SyncPromptSpecification greetPrompt() {
        PromptArgument name = PromptArgument.builder("name")
                .description("Whom to greet")
                .required(true)
                .build();
        Prompt prompt = Prompt.builder("greet")
                .description("Asks for a greeting")
                .arguments(List.of(name))
                .build();
        return new SyncPromptSpecification(prompt, (exchange, request) -> {
            String text = "Greet " + request.arguments().get("name");
            PromptMessage message = PromptMessage.builder(
                            Role.USER, TextContent.builder(text).build())
                    .build();
            return GetPromptResult.builder(List.of(message))
                    .description("A greeting")
                    .build();
        });
    }

    private static Tool reading(String name, String description, Map<String, Object> schema) {
        return Tool.builder(name, schema)
                .description(description)
                .annotations(new ToolAnnotations(null, true, false, true, false, null))
                .build();
    }

    private static Tool changing(String name, String description, Map<String, Object> schema, boolean destructive) {
        return Tool.builder(name, schema)
                .description(description)
                .annotations(new ToolAnnotations(null, false, destructive, false, false, null))
                .build();
    }

    private static SyncToolSpecification tool(
            Tool tool, BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {
        return new SyncToolSpecification(tool, handler);
    }

    private static String argument(CallToolRequest request, String name) {
        return Objects.toString(arguments(request).get(name), "");
    }

    private static Map<String, Object> arguments(CallToolRequest request) {
        return request.arguments() == null ? Map.of() : request.arguments();
    }

    @SuppressWarnings("unchecked") // SampleServer puts exactly this type there.
    private static Map<String, String> requestHeaders(McpSyncServerExchange exchange) {
        return (Map<String, String>)
                Objects.requireNonNull(exchange.transportContext().get(HEADERS), HEADERS);
    }

    private static CallToolResult text(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }

    private static CallToolResult error(String text) {
        return CallToolResult.builder().addTextContent(text).isError(true).build();
    }
}
