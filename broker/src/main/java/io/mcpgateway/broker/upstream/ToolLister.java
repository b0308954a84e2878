package io.mcpgateway.broker.upstream;

import io.mcpgateway.broker.catalog.ServerTools;
import io.mcpgateway.broker.catalog.ToolListParser;
import io.mcpgateway.broker.catalog.ToolPage;
import io.mcpgateway.broker.client.McpConnection;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.mcp.JsonText;
import io.mcpgateway.broker.mcp.RawJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads every page of a server's tools, within bounds: a part of a list is never taken for the whole. */
final class ToolLister {
    static final String METHOD = "tools/list";
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** How much one server may list. */
    record Bounds(int pages, int tools, long bytes) {
        static final Bounds DEFAULT = new Bounds(1000, 10_000, 64L * 1024 * 1024);
    }

    private final McpConnection connection;
    private final InstantSource clock;
    private final Bounds bounds;

    ToolLister(McpConnection connection, InstantSource clock, Bounds bounds) {
        this.connection = connection;
        this.clock = clock;
        this.bounds = bounds;
    }

    UpstreamEvent list() throws InterruptedException {
        Instant end = clock.instant().plus(LONGEST);
        List<ToolPage.Tools> pages = new ArrayList<>();
        Set<String> cursors = new HashSet<>();
        long bytes = 0;
        int tools = 0;
        McpOutcome outcome = connection.request(METHOD);
        while (true) {
            if (outcome instanceof McpOutcome.Failure failure) {
                return new UpstreamEvent.Failed(METHOD, failure);
            }
            RawJson result = ((McpOutcome.Answer) outcome).result();
            switch (ToolListParser.parse(result)) {
                case ToolPage.Unreadable(String reason) -> {
                    return violation(reason);
                }
                case ToolPage.Tools page -> pages.add(page);
            }
            ToolPage.Tools page = pages.getLast();
            bytes += result.length();
            tools += page.tools().size() + page.invalid().size();
            if (tools > bounds.tools() || bytes > bounds.bytes()) {
                return violation(
                        "the server lists more than " + bounds.tools() + " tools or " + bounds.bytes() + " bytes");
            }
            if (page.nextCursor().isEmpty()) {
                return new UpstreamEvent.Listed(ServerTools.join(pages));
            }
            String cursor = page.nextCursor().get();
            if (!cursors.add(cursor)) {
                return violation("cursor loop: the server repeats a nextCursor, so its list never ends");
            }
            if (pages.size() >= bounds.pages() || clock.instant().isAfter(end)) {
                return violation("the list has more than " + bounds.pages() + " pages or takes longer than "
                        + LONGEST.toSeconds() + " s");
            }
            outcome = connection.request(METHOD, RawJson.of("{\"cursor\":" + JsonText.quote(cursor) + "}"));
        }
    }

    private static UpstreamEvent violation(String message) {
        return new UpstreamEvent.Failed(METHOD, new McpOutcome.ProtocolViolation(message));
    }
}
