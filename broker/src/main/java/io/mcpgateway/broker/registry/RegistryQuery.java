package io.mcpgateway.broker.registry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a request for a list asks for.
 *
 * @param search part of a name, in any case; empty for all
 * @param version of the entries; empty for all
 * @param after the name after which the page begins; empty for the first page
 */
record RegistryQuery(String search, String version, String after, int limit) {
    static final String LATEST = "latest";

    private static final int USUAL_LIMIT = 30;
    private static final int MOST = 100;

    RegistryQuery {
        Objects.requireNonNull(search, "search");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(after, "after");
    }

    /** The result of reading. */
    sealed interface Reading {
        record Valid(RegistryQuery query) implements Reading {
            public Valid {
                Objects.requireNonNull(query, "query");
            }
        }

        record Refused(String problem) implements Reading {
            public Refused {
                Objects.requireNonNull(problem, "problem");
            }
        }
    }

    /** Whether an entry of this name is asked for. */
    boolean matches(String name, String runningVersion) {
        return name.compareTo(after) > 0
                && name.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT))
                && List.of("", LATEST, runningVersion).contains(version);
    }

    /**
     * The next page. It carries the search with it: Visual Studio Code does not repeat it.
     *
     * @param last the name with which this page ends
     */
    String cursor(String last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((last + "\n" + version + "\n" + search).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a query. Nothing is known of when an entry changed, so {@code updated_since} is checked and leaves nothing out.
     *
     * @param query as sent, without question mark
     */
    static Reading read(String query) {
        Map<String, String> parameters;
        try {
            parameters = parameters(query);
        } catch (IllegalArgumentException badEscape) {
            return new Reading.Refused("the query has a % that is not followed by two hexadecimal digits");
        }
        if (!isTime(parameters.getOrDefault("updated_since", ""))) {
            return new Reading.Refused("updated_since must look like 2026-11-30T12:00:00Z");
        }
        int limit = limit(parameters.getOrDefault("limit", ""));
        if (limit < 1) {
            return new Reading.Refused("limit must be a whole number, at least 1");
        }
        String cursor = parameters.getOrDefault("cursor", "");
        if (!cursor.isEmpty()) {
            String[] parts = parts(cursor);
            return parts.length != 3
                    ? new Reading.Refused("cursor must be the nextCursor of the page before")
                    : new Reading.Valid(new RegistryQuery(parts[2], parts[1], parts[0], limit));
        }
        return new Reading.Valid(new RegistryQuery(
                parameters.getOrDefault("search", ""), parameters.getOrDefault("version", ""), "", limit));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query.split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            parameters.putIfAbsent(pair[0], pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static String[] parts(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\n", 3);
        } catch (IllegalArgumentException notOurs) {
            return new String[0];
        }
    }

    /** 0 if it is none. */
    private static int limit(String text) {
        if (text.isEmpty()) {
            return USUAL_LIMIT;
        }
        return text.matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(text), MOST) : 0;
    }

    private static boolean isTime(String text) {
        try {
            return text.isEmpty() || !OffsetDateTime.parse(text).equals(OffsetDateTime.MAX);
        } catch (DateTimeException notATime) {
            return false;
        }
    }
}
