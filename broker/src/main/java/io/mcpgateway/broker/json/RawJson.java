package io.mcpgateway.broker.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** Bytes of one JSON value as a peer sent them; compared by content, never changed. */
public final class RawJson {
    private final byte[] bytes;

    private RawJson(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes the array over without copying it, for callers that just received or made it and keep no reference to it.
     */
    public static RawJson owning(byte[] bytes) {
        return new RawJson(Objects.requireNonNull(bytes, "bytes"));
    }

    /** Keeps a copy of the given bytes. */
    public static RawJson of(byte[] bytes) {
        return new RawJson(bytes.clone());
    }

    /** Keeps a copy of {@code body[start..end)}. */
    public static RawJson of(byte[] body, int start, int end) {
        return new RawJson(Arrays.copyOfRange(body, start, end));
    }

    public static RawJson of(String json) {
        return new RawJson(Objects.requireNonNull(json, "json").getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Gives access to the bytes themselves, without a copy; the receiver must not change or keep them. */
    public void lendTo(Consumer<byte[]> sender) {
        sender.accept(bytes);
    }

    /** Lets somebody read the bytes themselves, without a copy; whoever gets them must not change or keep them. */
    public <T> T read(Function<byte[], T> reader) {
        return reader.apply(bytes);
    }

    /** The bytes themselves, for this package; never changed, never handed out. */
    byte[] array() {
        return bytes;
    }

    public void appendTo(ByteArrayOutputStream out) {
        out.writeBytes(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson json && Arrays.equals(bytes, json.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The JSON text. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
