package io.mcpgateway.broker.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** One value of a JSON text in another's place: {@code text} instead of the bytes {@code [start..end)}. */
public record Splice(int start, int end, String text) {
    public Splice {
        Objects.requireNonNull(text, "text");
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("no range of bytes: " + start + ".." + end);
        }
    }

    /** The JSON text after the change; every other byte as it was. */
    public RawJson applyTo(RawJson json) {
        return RawJson.owning(applyTo(json.array()));
    }

    byte[] applyTo(byte[] json) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        byte[] changed = new byte[json.length - (end - start) + value.length];
        System.arraycopy(json, 0, changed, 0, start);
        System.arraycopy(value, 0, changed, start, value.length);
        System.arraycopy(json, end, changed, start + value.length, json.length - end);
        return changed;
    }

    Splice shifted(int by) {
        return new Splice(start + by, end + by, text);
    }
}
