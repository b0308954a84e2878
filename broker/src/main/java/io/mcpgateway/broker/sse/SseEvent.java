package io.mcpgateway.broker.sse;

import io.mcpgateway.broker.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * One server-sent event (WHATWG HTML, "Server-sent events").
 *
 * @param type the {@code event} field; {@code message} if the sender gave none
 * @param data the {@code data} lines joined with {@code \n}
 */
public record SseEvent(String type, String data, Optional<String> id) {
    static final String MESSAGE = "message";

    public SseEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(id, "id");
    }

    /** A JSON-RPC message as an event without id. */
    public static SseEvent message(RawJson json) {
        return new SseEvent(MESSAGE, json.toString(), Optional.empty());
    }

    /**
     * Whether it carries a message of MCP. An event without text only carries an id to go on from (MCP 2025-11-25,
     * "Sending Messages to the Server").
     */
    public boolean isMessage() {
        return type.equals(MESSAGE) && !data.isEmpty();
    }

    /** The wire form, blank line included. */
    public byte[] encode() {
        StringBuilder text = new StringBuilder(data.length() + 32);
        id.ifPresent(value -> text.append("id: ").append(value).append('\n'));
        text.append("event: ").append(type).append('\n');
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}
