package io.mcpgateway.broker.transport;

import io.mcpgateway.api.wire.StandardHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** We ask for answers as they are; some servers compress all the same. */
public final class Encodings {
    private static final List<String> GZIP = List.of("gzip", "x-gzip");

    private Encodings() {}

    /** Whether {@link #decoded} can read the body. */
    public static boolean readable(IncomingResponse response) {
        String encoding = encoding(response);
        return encoding.isEmpty() || encoding.equals("identity") || GZIP.contains(encoding);
    }

    /** The body as it was before it was compressed; what reads it bounds what it reads. */
    public static InputStream decoded(IncomingResponse response) throws IOException {
        return GZIP.contains(encoding(response)) ? new GZIPInputStream(response.body()) : response.body();
    }

    private static String encoding(IncomingResponse response) {
        return String.join(",", response.all(StandardHeaders.CONTENT_ENCODING))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
