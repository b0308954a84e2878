package io.mcpgateway.broker.mcp;

import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.api.wire.StandardHeaders;
import java.util.List;
import java.util.Locale;

/** What a client accepts (RFC 9110, section 12.5.1), as far as it matters here. Pure. */
public final class Accept {
    private Accept() {}

    /** Whether an answer of this type may be sent; a request without {@code Accept} takes anything. */
    public static boolean admits(RequestHeaders headers, String type) {
        List<String> values = headers.all(StandardHeaders.ACCEPT);
        return values.isEmpty()
                || values.stream()
                        .flatMap(value -> List.of(value.split(",", -1)).stream())
                        .anyMatch(range -> admits(range, type));
    }

    /** Whether this type is named, or {@code *}{@code /*} is; absence does not count. */
    public static boolean asksFor(RequestHeaders headers, String type) {
        return headers.has(StandardHeaders.ACCEPT) && admits(headers, type);
    }

    /** Whether the client takes MediaTypes.JSON, but no event stream, which servers may choose to answer with. */
    public static boolean onlyJson(RequestHeaders headers) {
        for (String value : headers.all(StandardHeaders.ACCEPT)) {
            // What nearly every client sends is not taken apart with each call.
            if (value.contains(MediaTypes.EVENT_STREAM) && value.indexOf(';') < 0) {
                return false;
            }
        }
        return admits(headers, MediaTypes.JSON) && !admits(headers, MediaTypes.EVENT_STREAM);
    }

    private static boolean admits(String range, String type) {
        String[] parts = range.toLowerCase(Locale.ROOT).split(";", -1);
        String name = parts[0].strip();
        boolean matches =
                name.equals("*/*") || name.equals(type) || name.equals(type.substring(0, type.indexOf('/')) + "/*");
        return matches && List.of(parts).stream().skip(1).noneMatch(Accept::isZeroQuality);
    }

    private static boolean isZeroQuality(String parameter) {
        return parameter.strip().matches("q\\s*=\\s*0(\\.0{0,3})?");
    }
}
