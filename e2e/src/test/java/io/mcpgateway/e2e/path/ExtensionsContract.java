package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.AppBackend;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.ModernClient;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Extensions between clients and servers of both eras: what one declares reaches the other, and MCP Apps can be shown. */
abstract class ExtensionsContract extends WithGateway {
    private static final String DECLARED =
            "\"io.modelcontextprotocol/ui\":{\"mimeTypes\":[\"text/html;profile=mcp-app\"]},\"com.example/mine\":{ \"f\":1.0 }";
    private static final String TASKS = "\"io.modelcontextprotocol/tasks\":{}";

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    private AppBackend legacy;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    private AppBackend modern;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    ExtensionsContract(Front front) {
        super(front);
    }

    @Override
    final TestGateway start(Front front) throws IOException {
        legacy = keep(AppBackend.start(false, "aged"));
        modern = keep(AppBackend.start(true, "modern"));
        TestGateway gateway = keep(TestGateway.start(
                front,
                List.of(ServerEntry.of("aged", legacy.url()), ServerEntry.of("modern", modern.url())),
                "--mcp-check-interval=1"));
        gateway.awaitTools("the tools of both apps", tools -> tools.size() == 2);
        return gateway;
    }

    @Test
    void aLegacyClientUsesTheAppsOfBoth() throws IOException {
        legacy.forgetRequests();
        try (McpClient client = McpClient.of(gateway().url());
                McpClient session = client.initialized(
                        McpClient.initialize("host", "{\"extensions\":{" + DECLARED + "," + TASKS + "}}"))) {
            assertThat(client.post(McpClient.initialize("host"), Map.of()).body())
                    .contains(extensions());
            Map<String, String> none = Map.of();
            for (AppBackend server : List.of(legacy, modern)) {
                shown(
                        server,
                        session.post(McpClient.listBody("1", Optional.empty()), none),
                        session.post(read(server), none),
                        session.call(prefix(server) + AppBackend.TOOL, "{}"));
            }
        }
        assertThat(legacy.requests("initialize"))
                .anySatisfy(
                        request -> assertThat(request.body()).contains(DECLARED).doesNotContain(TASKS));
        assertThat(modern.requests("tools/call").getLast().body())
                .contains(DECLARED)
                .doesNotContain(TASKS);
    }

    @Test
    void aModernClientUsesTheAppsOfBoth() throws IOException {
        legacy.forgetRequests();
        try (ModernClient client = ModernClient.of(gateway().url())) {
            String capabilities = "{\"extensions\":{" + DECLARED + "}}";
            assertThat(client.declaring(capabilities, "server/discover", "", "").body())
                    .contains(extensions());
            for (AppBackend server : List.of(legacy, modern)) {
                String tool = prefix(server) + AppBackend.TOOL;
                shown(
                        server,
                        client.declaring(capabilities, "tools/list", "", ""),
                        client.declaring(
                                capabilities, "resources/read", server.uri(), "\"uri\":\"" + server.uri() + "\""),
                        client.declaring(capabilities, "tools/call", tool, "\"name\":\"" + tool + "\""));
            }
        }
        assertThat(legacy.requests("initialize"))
                .anySatisfy(request -> assertThat(request.body()).contains(DECLARED));
        assertThat(modern.requests("tools/call").getLast().body()).contains(DECLARED);
    }

    private String extensions() {
        return "\"extensions\":{" + legacy.extension() + "," + modern.extension()
                + ",\"io.modelcontextprotocol/ui\":{}}";
    }

    private String prefix(AppBackend server) {
        return server.equals(legacy) ? "aged_" : "modern_";
    }

    private static String read(AppBackend server) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/read\",\"params\":{\"uri\":\"" + server.uri()
                + "\"}}";
    }

    private static void shown(AppBackend server, Reply list, Reply read, Reply call) {
        assertThat(list.body()).contains("\"_meta\":" + AppBackend.TOOL_META.formatted(server.uri()));
        assertThat(read.body()).contains("\"contents\":[" + AppBackend.CONTENTS.formatted(server.uri()) + "]");
        assertThat(call.body()).contains("\"ui\":{\"n\": 1.0}");
    }
}
