package io.mcpgateway.broker.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Well-formed UTF-8 as RFC 3629 and table 3-7 of the Unicode standard define it: no overlong forms, no surrogates,
 * nothing above U+10FFFF. Jackson checks less.
 */
public final class Utf8 {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    public static boolean valid(byte[] text) {
        return firstInvalid(text) < 0;
    }

    /** The index of the first byte that belongs to no character, or -1. */
    public static int firstInvalid(byte[] text) {
        int index = 0;
        while (index < text.length) {
            if (index + 8 <= text.length && ((long) EIGHT_BYTES.get(text, index) & HIGH_BITS) == 0) {
                index += 8;
            } else if (text[index] >= 0) {
                index++;
            } else {
                int length = multibyteLength(text, index);
                if (length == 0) {
                    return index;
                }
                index += length;
            }
        }
        return -1;
    }

    /** How many bytes the character takes that starts here with a byte above 0x7f; 0 if it is none. */
    private static int multibyteLength(byte[] text, int index) {
        int lead = text[index] & 0xff;
        int length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : 4;
        if (lead < 0xc2 || lead > 0xf4 || index + length > text.length) {
            return 0;
        }
        int second = text[index + 1] & 0xff;
        if (second < lowestSecond(lead) || second > highestSecond(lead)) {
            return 0;
        }
        for (int next = index + 2; next < index + length; next++) {
            if ((text[next] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static int lowestSecond(int lead) {
        return lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    }

    private static int highestSecond(int lead) {
        return lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    }
}
