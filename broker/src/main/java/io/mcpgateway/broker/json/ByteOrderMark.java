package io.mcpgateway.broker.json;

/** The byte order mark of UTF-8, which some writers put before a text (RFC 3629, section 6). */
public final class ByteOrderMark {
    private static final int LENGTH = 3;

    private ByteOrderMark() {}

    /** Its length at the start of the text: 3 bytes, or 0 if there is none. */
    public static int length(byte[] text) {
        return text.length >= LENGTH && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF
                ? LENGTH
                : 0;
    }
}
