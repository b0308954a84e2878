package io.mcpgateway.broker.embedded;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * An event stream without the byte order mark at its head. We write something before it, and then the mark would belong
 * to the name of the first event's first field. To be read into buffers that hold a mark.
 */
final class UnmarkedStream extends FilterInputStream {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private boolean atHead = true;

    UnmarkedStream(InputStream stream) {
        super(stream);
    }

    @Override
    public int read(byte[] buffer, int from, int most) throws IOException {
        int length = super.read(buffer, from, most);
        if (!atHead) {
            return length;
        }
        atHead = false;
        while (length > 0 && length < MARK.length && beginsAsMark(buffer, from, length)) {
            int more = super.read(buffer, from + length, most - length);
            if (more < 0) {
                return length;
            }
            length += more;
        }
        if (length < MARK.length || !beginsAsMark(buffer, from, MARK.length)) {
            return length;
        }
        int rest = length - MARK.length;
        System.arraycopy(buffer, from + MARK.length, buffer, from, rest);
        return rest > 0 ? rest : super.read(buffer, from, most);
    }

    private static boolean beginsAsMark(byte[] buffer, int from, int length) {
        return Arrays.equals(buffer, from, from + length, MARK, 0, length);
    }
}
