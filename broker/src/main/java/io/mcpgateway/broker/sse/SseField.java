package io.mcpgateway.broker.sse;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A line of an event stream taken apart (WHATWG HTML, "Interpreting an event stream"): the name up to the first colon,
 * and the value after it and one blank.
 *
 * @param value where the value begins in the bytes
 * @param end of the line
 */
record SseField(String name, int value, int end) {
    static final String DATA = "data";

    /** Of {@code bytes[start..end)}; empty for a comment. */
    static Optional<SseField> of(byte[] bytes, int start, int end) {
        int colon = start;
        while (colon < end && bytes[colon] != ':') {
            colon++;
        }
        if (colon == start) {
            return Optional.empty();
        }
        int value = Math.min(colon + 1, end);
        if (value < end && bytes[value] == ' ') {
            value++;
        }
        return Optional.of(new SseField(text(bytes, start, colon), value, end));
    }

    boolean isData() {
        return name.equals(DATA);
    }

    String text(byte[] bytes) {
        return text(bytes, value, end);
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
