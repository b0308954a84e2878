package io.mcpgateway.e2e.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One complete HTTP response.
 *
 * @param headers names in any case, values in order of arrival
 */
public record Reply(int status, Map<String, List<String>> headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Reply {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = java.util.Collections.unmodifiableMap(copy);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(List::getFirst);
    }

    /** The media type without parameters, empty if none was sent. */
    public String mediaType() {
        return header("content-type").map(type -> type.split(";", 2)[0].strip()).orElse("");
    }

    /**
     * The JSON-RPC answer: the body, or the last event of a stream.
     *
     * @throws IllegalStateException if there is no JSON in it; the message shows what came instead
     */
    public JsonNode json() {
        String text = "text/event-stream".equals(mediaType()) ? lastEvent() : body;
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + this, e);
        }
    }

    /** {@code result.content[0].text} of the response to a tools/call, or whatever was returned instead. */
    public String text() {
        JsonNode text = json().at("/result/content/0/text");
        return text.isTextual() ? text.textValue() : toString();
    }

    private String lastEvent() {
        return body.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()).strip())
                .filter(data -> !data.isEmpty())
                .reduce((first, second) -> second)
                .orElse("");
    }

    @Override
    public String toString() {
        String shown = body.length() > 2000 ? body.substring(0, 2000) + "..." : body;
        return "HTTP " + status + " " + mediaType() + " " + shown;
    }
}
