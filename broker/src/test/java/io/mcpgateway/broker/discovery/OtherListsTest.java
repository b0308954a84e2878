package io.mcpgateway.broker.discovery;

import static io.mcpgateway.broker.discovery.Configs.config;
import static io.mcpgateway.broker.discovery.Configs.one;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Prompts, resources and templates of a real server on the loopback, which announces changes. */
@Timeout(60)
class OtherListsTest {
    private static final DiscoveryTiming TIMING = new DiscoveryTiming(
            Duration.ofHours(1), Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(20));

    private final SnapshotCell cell = new SnapshotCell();
    private final McpHttpClient client = new McpHttpClient();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final DiscoverySupervisor supervisor = new DiscoverySupervisor(
            cell,
            new DiscoveryContext(
                    client,
                    HttpLimits.DEFAULT,
                    TIMING,
                    InstantSource.system(),
                    () -> 0.5,
                    new GatewayMetrics(new SimpleMeterRegistry()),
                    report -> cell.update(snapshot -> snapshot.withReport(report)),
                    _ -> {}));
    private FakeMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = FakeMcpServer.start();
        server.watchable()
                .capabilities("{\"tools\":{},\"prompts\":{\"listChanged\":true},\"resources\":{\"listChanged\":true}}");
        server.behave((_, exchange, request) -> {
            String result = answers.get(request.method());
            if (result == null) {
                return false;
            }
            FakeMcpServer.result(exchange, request, result);
            return true;
        });
        answers.put("prompts/list", "{\"prompts\":[{\"name\":\"a\"}]}");
        answers.put("resources/list", "{\"resources\":[{\"uri\":\"x:a\",\"name\":\"n\"}]}");
        answers.put("resources/templates/list", "{\"resourceTemplates\":[{\"uriTemplate\":\"x:{b}\",\"name\":\"n\"}]}");
        cell.update(snapshot -> snapshot.withConfig(config(one(server)), "hash"));
        supervisor.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        supervisor.stop(Duration.ofSeconds(10));
        client.close();
        server.close();
    }

    @Test
    void everyKindIsServedAndAnAnnouncedChangeAtOnce() throws IOException {
        awaitServed(CapabilityKind.TOOL, "one_alpha");
        awaitServed(CapabilityKind.PROMPT, "one_a");
        awaitServed(CapabilityKind.RESOURCE, "x:a");
        awaitServed(CapabilityKind.RESOURCE_TEMPLATE, "x:{b}");
        await().until(() -> server.openStreams() == 1 && server.count("resources/list") >= 2);

        answers.put("prompts/list", "{\"prompts\":[{\"name\":\"b\"}]}");
        server.push("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/prompts/list_changed\"}");
        awaitServed(CapabilityKind.PROMPT, "one_b");

        answers.put("resources/list", "{\"resources\":[{\"uri\":\"x:c\",\"name\":\"n\"}]}");
        answers.put("resources/templates/list", "{\"resourceTemplates\":[]}");
        server.push("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/list_changed\"}");
        awaitServed(CapabilityKind.RESOURCE, "x:c");
        awaitServed(CapabilityKind.RESOURCE_TEMPLATE);
    }

    @Test
    void aCursorLoopInOneListHidesNoOther() throws IOException {
        awaitServed(CapabilityKind.PROMPT, "one_a");
        await().until(() -> server.openStreams() == 1);

        answers.put("prompts/list", "{\"prompts\":[{\"name\":\"b\"}],\"nextCursor\":\"again\"}");
        server.push("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/prompts/list_changed\"}");
        awaitServed(CapabilityKind.PROMPT);

        awaitServed(CapabilityKind.TOOL, "one_alpha");
        awaitServed(CapabilityKind.RESOURCE, "x:a");
    }

    private void awaitServed(CapabilityKind kind, String... names) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> List.copyOf(cell.get().catalog().of(kind).keySet()).equals(List.of(names)));
    }
}
