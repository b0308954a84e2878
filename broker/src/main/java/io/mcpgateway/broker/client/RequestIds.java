package io.mcpgateway.broker.client;

import io.mcpgateway.broker.json.JsonText;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The ids of the requests of one connection, as JSON text. Safe for several threads. */
public final class RequestIds {
    private final AtomicLong last = new AtomicLong();
    /** Empty if the ids are numbers. */
    private final String prefix;

    private RequestIds(String prefix) {
        this.prefix = prefix;
    }

    /** 1, 2, 3: where nobody else sends requests; the only kind that every server understands. */
    public static RequestIds numbers() {
        return new RequestIds("");
    }

    /**
     * Texts that nobody else uses: for a session in which a client has its own IDs, so the responses to
     * both arrive. Each connection has its own range, because one session may have several.
     */
    public static RequestIds besideAClients() {
        return new RequestIds("mcp-gateway-" + UUID.randomUUID() + "-");
    }

    /** One that was not used before. */
    public String next() {
        long number = last.incrementAndGet();
        return prefix.isEmpty() ? Long.toString(number) : JsonText.quote(prefix + number);
    }
}
