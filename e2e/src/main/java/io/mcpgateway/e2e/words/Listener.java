package io.mcpgateway.e2e.words;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A client of MCP 2026-07-28 that subscribes to changes of the list of tools. */
final class Listener implements Caller {
    private static final String WISH = "\"notifications\":{\"toolsListChanged\":true}";

    private final McpClient connection;
    private long calls = 100;
    private @Nullable Stream<String> open;

    Listener(McpClient connection) {
        this.connection = connection;
    }

    /** The acknowledgement is the answer. */
    @Override
    public Outcome call() {
        long id = ++calls;
        long start = System.nanoTime();
        try {
            HttpResponse<Stream<String>> response = connection.stream(
                    ModernCaller.body(id, "subscriptions/listen", WISH, "{}"),
                    ModernCaller.headers("subscriptions/listen"));
            close();
            open = response.body();
            StringBuilder text = new StringBuilder();
            for (Iterator<String> lines = response.body().iterator(); lines.hasNext(); ) {
                String line = lines.next();
                text.append(line).append('\n');
                if (line.startsWith("data:") && line.length() > "data:".length() + 1) {
                    break;
                }
            }
            return Outcome.of(
                    id,
                    "",
                    start,
                    new Reply(response.statusCode(), response.headers().map(), text.toString()));
        } catch (IOException | UncheckedIOException e) {
            return Outcome.failed(id, "", start, e.toString());
        }
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
