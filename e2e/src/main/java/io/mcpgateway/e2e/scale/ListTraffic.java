package io.mcpgateway.e2e.scale;

import io.mcpgateway.e2e.bench.BenchTraffic;
import io.mcpgateway.e2e.bench.Load;
import io.mcpgateway.e2e.bench.RawConnection;
import io.mcpgateway.e2e.client.McpClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists of tools from the first page to the last. */
final class ListTraffic {
    private static final Pattern CURSOR = Pattern.compile("\"nextCursor\":\"([^\"]+)\"");
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"scale\",\"version\":\"1\"},"
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private ListTraffic() {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Page(byte[] request, int length) {}

    /** Reads whole lists repeatedly in one session; each page must have the length that it had at first. */
    static Load.Worker wholeLists() {
        return connection -> {
            List<Page> pages = pages(connection);
            return each -> {
                boolean right = true;
                for (Page page : pages) {
                    RawConnection.Answer answer = each.exchange(page.request());
                    right &= answer.status() == 200 && answer.body().length == page.length();
                }
                return right;
            };
        };
    }

    /** Of all pages together, in bytes. */
    static long size(int port) throws IOException {
        try (RawConnection connection = RawConnection.open(port)) {
            return pages(connection).stream().mapToLong(Page::length).sum();
        }
    }

    private static List<Page> pages(RawConnection connection) throws IOException {
        Optional<String> session = Optional.of(BenchTraffic.open(connection));
        List<Page> pages = new ArrayList<>();
        Optional<String> cursor = Optional.of("");
        while (cursor.isPresent()) {
            byte[] request = connection.request("POST", list(cursor.get()), session);
            RawConnection.Answer answer = connection.exchange(request);
            if (answer.status() != 200) {
                throw new IOException("tools/list answered " + answer.status() + " " + answer.text());
            }
            pages.add(new Page(request, answer.body().length));
            Matcher next = CURSOR.matcher(answer.text());
            cursor = next.find() ? Optional.of(next.group(1)) : Optional.empty();
        }
        return pages;
    }

    private static String list(String cursor) {
        String params = cursor.isEmpty() ? "" : ",\"params\":{\"cursor\":\"" + cursor + "\"}";
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"" + params + "}";
    }

    /** Whether a client of 2026-07-28, which needs no session, finds a tool at this URL. */
    static boolean listsModern(McpClient client, String tool) throws IOException {
        return client.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":{" + META + "}}",
                        Map.of("Mcp-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list"))
                .body()
                .contains("\"" + tool + "\"");
    }
}
