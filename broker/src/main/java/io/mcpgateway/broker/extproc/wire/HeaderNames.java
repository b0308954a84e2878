package io.mcpgateway.broker.extproc.wire;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.StandardHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names of headers from their bytes: those that come with most requests are found, and not made anew. */
final class HeaderNames {
    private static final List<String> USUAL = List.of(
            ":method",
            ":path",
            ":authority",
            ":scheme",
            StandardHeaders.ACCEPT,
            StandardHeaders.ACCEPT_ENCODING,
            StandardHeaders.AUTHORIZATION,
            StandardHeaders.CONTENT_LENGTH,
            StandardHeaders.CONTENT_TYPE,
            StandardHeaders.USER_AGENT,
            McpHeaders.SESSION_ID,
            McpHeaders.PROTOCOL_VERSION,
            McpHeaders.METHOD,
            McpHeaders.NAME,
            McpHeaders.LAST_EVENT_ID,
            "origin",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-request-id",
            "x-envoy-internal",
            "x-envoy-external-address",
            "traceparent");

    /** A power of two, so large that the usual names do not share places. */
    private static final int PLACES = 256;

    private static final @Nullable String[] TABLE = table();

    private HeaderNames() {}

    /** Empty if these bytes are no name in lower case, as Envoy writes all names. */
    static String find(byte[] bytes, int start, int end) {
        if (start >= end) {
            return "";
        }
        String usual = TABLE[place(end - start, bytes[start], bytes[end - 1])];
        return usual != null && is(usual, bytes, start, end) ? usual : read(bytes, start, end);
    }

    private static boolean is(String name, byte[] bytes, int start, int end) {
        if (name.length() != end - start) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != bytes[start + i]) {
                return false;
            }
        }
        return true;
    }

    private static String read(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] <= ' ' || bytes[i] == 0x7f || (bytes[i] >= 'A' && bytes[i] <= 'Z')) {
                return "";
            }
        }
        return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
    }

    private static int place(int length, int first, int last) {
        return (length * 31 + first * 7 + last) & (PLACES - 1);
    }

    private static @Nullable String[] table() {
        @Nullable String[] table = new @Nullable String[PLACES];
        for (String name : USUAL) {
            table[place(name.length(), name.charAt(0), name.charAt(name.length() - 1))] = name;
        }
        return table;
    }
}
