package io.mcpgateway.broker.http;

import io.mcpgateway.api.wire.StandardHeaders;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Headers that belong to one connection and are not passed on (RFC 9110 section 7.6.1). Pure. */
public final class HopByHop {
    private static final Set<String> ALWAYS = Set.of(
            StandardHeaders.CONNECTION,
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            StandardHeaders.TRANSFER_ENCODING,
            "upgrade");

    private HopByHop() {}

    /** Whether the header belongs to the connection, whatever {@code Connection} names. Lower case. */
    public static boolean isAlways(String name) {
        return ALWAYS.contains(name);
    }

    /** What {@code Connection} names, in lower case. */
    public static Set<String> named(List<String> connection) {
        Set<String> options = new HashSet<>();
        connection.forEach(value -> List.of(value.split(",", -1))
                .forEach(option -> options.add(option.strip().toLowerCase(Locale.ROOT))));
        return options;
    }

    /** The headers without those of the connection, those that {@code Connection} names included. */
    public static Map<String, List<String>> without(Map<String, List<String>> headers) {
        Set<String> dropped = new HashSet<>(ALWAYS);
        headers.forEach((name, values) -> {
            if (name.equalsIgnoreCase(StandardHeaders.CONNECTION)) {
                dropped.addAll(named(values));
            }
        });
        Map<String, List<String>> kept = new LinkedHashMap<>();
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!dropped.contains(lower) && !lower.startsWith(":")) {
                kept.put(lower, values);
            }
        });
        return kept;
    }
}
