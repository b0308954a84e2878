package io.mcpgateway.broker.json;

import java.util.Objects;

/**
 * A JSON string inside a body: its decoded value and the byte range of its token, quotes included
 * ({@code body[start] == '"'}, {@code body[end - 1] == '"'}).
 */
public record TextSpan(String value, int start, int end) {
    public TextSpan {
        Objects.requireNonNull(value, "value");
        if (start < 0 || end < start + 2) {
            throw new IllegalArgumentException("not the range of a JSON string: " + start + ".." + end);
        }
    }

    /** Puts another string, which is not yet JSON, in its place. */
    public Splice replacedBy(String other) {
        return new Splice(start, end, JsonText.quote(other));
    }
}
