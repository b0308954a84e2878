package io.mcpgateway.broker.answer;

import io.mcpgateway.broker.sse.StreamEdit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Answers that arrive in pieces of any length. */
final class EditedPieces {
    private static final int LONGEST = 40;

    private EditedPieces() {}

    /** What comes out; the lengths follow from the text. */
    static String through(StreamEdit edit, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(text.hashCode());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < bytes.length) {
            int next = Math.min(bytes.length, at + 1 + random.nextInt(LONGEST));
            out.writeBytes(edit.pass(bytes, at, next));
            at = next;
        }
        out.writeBytes(edit.finish());
        return out.toString(StandardCharsets.UTF_8);
    }
}
