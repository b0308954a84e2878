package io.mcpgateway.broker.mcp;

import java.nio.charset.StandardCharsets;

/** Changes one string of a JSON text and leaves every other byte as it came. */
public final class BodySplice {
    private BodySplice() {}

    /**
     * The body with another string in the place of {@code span}.
     *
     * @param value the new string, not yet JSON
     * @throws IllegalArgumentException if the span was not taken from this body
     */
    public static RawJson replace(RawJson body, TextSpan span, String value) {
        byte[] old = body.array();
        if (span.end() > old.length || old[span.start()] != '"' || old[span.end() - 1] != '"') {
            throw new IllegalArgumentException("no JSON string at " + span.start() + ".." + span.end());
        }
        byte[] text = JsonText.quote(value).getBytes(StandardCharsets.UTF_8);
        int rest = old.length - span.end();
        byte[] spliced = new byte[span.start() + text.length + rest];
        System.arraycopy(old, 0, spliced, 0, span.start());
        System.arraycopy(text, 0, spliced, span.start(), text.length);
        System.arraycopy(old, span.end(), spliced, span.start() + text.length, rest);
        return RawJson.owning(spliced);
    }
}
