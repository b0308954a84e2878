package io.mcpgateway.broker.endpoint.modern;

import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.endpoint.streams.ClientStream;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.sse.SseEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open {@code subscriptions/listen} (MCP 2026-07-28, "Subscriptions"). It lasts until its client leaves, or until
 * the gateway ends it in good order: when it stops, and after {@link ModernServices#longestStream}.
 */
record Subscription(ModernServices services, ModernResults results, Request asked, ClientStream stream) {
    private static final Logger log = LoggerFactory.getLogger(Subscription.class);

    /**
     * What the client wants.
     *
     * @param id of the request, which every message carries
     * @param meta what the request says of its client
     * @param view what leads to what the client sees, now and later
     */
    record Request(
            RequestHeaders headers, JsonRpcId id, JsonRpcMessage.Meta meta, ListenFilter filter, ViewRequest view) {
        Request {
            Objects.requireNonNull(headers, "headers");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(meta, "meta");
            Objects.requireNonNull(filter, "filter");
            Objects.requireNonNull(view, "view");
        }
    }

    /** Runs on the calling thread until it is over. */
    void run(HttpExchange exchange) throws IOException, InterruptedException {
        JsonRpcId id = asked.id();
        Instant end = services.clock().instant().plus(services.longestStream());
        try (WatchedResources resources = new WatchedResources(services, asked.view(), id, stream);
                WatchedTasks tasks = new WatchedTasks(services, asked.view(), id, stream)) {
            OutputStream out = exchange.stream(200, ClientStream.HEADERS);
            exchange.whenClientLeaves(stream::close);
            ListenFilter honoured = asked.filter()
                    .honoured(
                            resources.listen(
                                    asked.headers(),
                                    asked.meta(),
                                    asked.filter().resources()),
                            tasks.listen(
                                    asked.headers(),
                                    asked.meta(),
                                    asked.filter().tasks()));
            log.debug("subscription opened notifications={}", honoured.json());
            stream.write(out, event(ModernResults.acknowledged(id, honoured)));
            pass(out, end);
            stream.write(out, event(results.ended(id)));
            out.close();
        } finally {
            // Nobody may wait for room in it indefinitely.
            stream.close();
            services.streams().ended(stream);
            log.debug("subscription ended");
        }
    }

    /** Returns when it is to end in good order. */
    private void pass(OutputStream out, Instant end) throws IOException, InterruptedException {
        while (true) {
            Duration left = Duration.between(services.clock().instant(), end);
            if (!left.isPositive()) {
                return;
            }
            switch (stream.await(left.compareTo(services.heartbeat()) < 0 ? left : services.heartbeat())) {
                case CLOSED -> throw new IOException("the client has left its subscription");
                case FINISHED -> {
                    return;
                }
                case NEWS -> {
                    for (RawJson message : stream.takeNews(method -> ModernResults.changed(method, asked.id()))) {
                        stream.write(out, event(message));
                    }
                }
                case TIME_IS_UP -> stream.heartbeat(out);
            }
        }
    }

    private static byte[] event(RawJson message) {
        return SseEvent.message(message).encode();
    }
}
