package io.mcpgateway.broker.extproc.wire;

import com.google.protobuf.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one message in Protocol Buffers' encoding, field by field, in order. The length of a message in it is written
 * when it ends; what is in it then moves on by as many bytes as the length takes more than expected.
 */
public final class ReplyWriter {
    private static final int MOST_VARINT = 5;
    private static final int SMALL = 0x80;

    private byte[] bytes;
    private int length;
    /** For each open message where its length begins, and how many bytes it has. */
    private int[] open = new int[16];

    private int depth;

    /** @param capacity how long the message will be about */
    public ReplyWriter(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** Begins a message that is the value of a field. */
    public ReplyWriter begin(int field) {
        return begin(field, 0);
    }

    /**
     * The same.
     *
     * @param atLeast how long the message will be at least
     */
    public ReplyWriter begin(int field, int atLeast) {
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
        }
        int expected = sizeOf(atLeast);
        open[depth++] = length;
        open[depth++] = expected;
        room(expected);
        length += expected;
        return this;
    }

    /** Ends the message that was begun last. */
    public ReplyWriter end() {
        int expected = open[--depth];
        int at = open[--depth];
        int size = length - at - expected;
        int needed = sizeOf(size);
        if (needed > expected) {
            room(needed - expected);
            System.arraycopy(bytes, at + expected, bytes, at + needed, size);
        }
        length = at;
        varint(size, Math.max(needed, expected));
        length += size;
        return this;
    }

    /** A string, or bytes that are a text in UTF-8. */
    public ReplyWriter text(int field, String text) {
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        int before = length;
        varint(text.length());
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character >= SMALL) {
                length = before;
                return content(text.getBytes(StandardCharsets.UTF_8));
            }
            bytes[length++] = (byte) character;
        }
        return this;
    }

    /** Bytes as they are. */
    public ReplyWriter raw(int field, byte[] value) {
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return content(value);
    }

    private ReplyWriter content(byte[] value) {
        varint(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    /** A whole number that is not negative, or the number of an enum's value. */
    public ReplyWriter number(int field, int value) {
        tag(field, WireFormat.WIRETYPE_VARINT);
        varint(value);
        return this;
    }

    /** A boolean that is true. */
    public ReplyWriter isTrue(int field) {
        return number(field, 1);
    }

    /** The whole message; nothing may be written any more. */
    public EncodedReply done() {
        if (depth != 0) {
            throw new IllegalStateException("a message in the message was not ended");
        }
        return new EncodedReply(bytes, length);
    }

    private void tag(int field, int type) {
        varint((field << 3) | type);
    }

    private void varint(int value) {
        varint(value, sizeOf(value));
    }

    /** In that many bytes, of which it may not need all. */
    private void varint(int value, int size) {
        room(MOST_VARINT);
        int rest = value;
        for (int i = 1; i < size; i++) {
            bytes[length++] = (byte) ((rest & 0x7f) | SMALL);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    private static int sizeOf(int value) {
        return value == 0 ? 1 : (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
