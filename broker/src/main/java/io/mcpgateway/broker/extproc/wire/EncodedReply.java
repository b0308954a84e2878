package io.mcpgateway.broker.extproc.wire;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One {@code ProcessingResponse}, as its bytes. Nobody can change them. */
public final class EncodedReply {
    private final byte[] bytes;
    private final int length;

    /** Takes the array over. */
    EncodedReply(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /** How many bytes it takes. */
    public int length() {
        return length;
    }

    InputStream stream() {
        return new Bytes();
    }

    /** What gRPC writes to its own buffer in one go. */
    private final class Bytes extends ByteArrayInputStream implements Drainable, KnownLength {
        Bytes() {
            super(bytes, 0, length);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int left = available();
            target.write(buf, pos, left);
            pos += left;
            return left;
        }
    }
}
