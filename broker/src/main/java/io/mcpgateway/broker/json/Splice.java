package io.mcpgateway.broker.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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

    /** The JSON text after all of these changes, which do not overlap, in whatever order. */
    public static RawJson all(List<Splice> splices, RawJson json) {
        return splices.size() == 1
                ? splices.getFirst().applyTo(json)
                : RawJson.owning(all(splices, json.array(), 0, json.length()));
    }

    /** {@code json[start..end)} after all of these changes, which lie in it and do not overlap. */
    public static byte[] all(List<Splice> splices, byte[] json, int start, int end) {
        if (splices.isEmpty()) {
            return Arrays.copyOfRange(json, start, end);
        }
        ByteArrayOutputStream changed = new ByteArrayOutputStream(end - start + 16);
        int from = start;
        for (Splice splice :
                splices.stream().sorted(Comparator.comparingInt(Splice::start)).toList()) {
            changed.write(json, from, splice.start() - from);
            changed.writeBytes(splice.text().getBytes(StandardCharsets.UTF_8));
            from = splice.end();
        }
        changed.write(json, from, end - from);
        return changed.toByteArray();
    }

    public byte[] applyTo(byte[] json) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        byte[] changed = new byte[json.length - (end - start) + value.length];
        System.arraycopy(json, 0, changed, 0, start);
        System.arraycopy(value, 0, changed, start, value.length);
        System.arraycopy(json, end, changed, start + value.length, json.length - end);
        return changed;
    }

    public Splice shifted(int by) {
        return new Splice(start + by, end + by, text);
    }
}
