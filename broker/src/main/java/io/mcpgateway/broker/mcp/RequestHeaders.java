package io.mcpgateway.broker.mcp;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** HTTP headers of one request: names in lower case, values in order of arrival. Pseudo headers are not in it. */
public final class RequestHeaders {
    public static final RequestHeaders EMPTY = new RequestHeaders(Map.of());

    private final Map<String, List<String>> values;

    private RequestHeaders(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Names that differ only in case are one header with the values of all. */
    public static RequestHeaders of(Map<String, List<String>> values) {
        Map<String, List<String>> copy = new TreeMap<>();
        values.forEach(
                (name, list) -> copy.merge(name.toLowerCase(Locale.ROOT), List.copyOf(list), RequestHeaders::join));
        return new RequestHeaders(copy);
    }

    private static List<String> join(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** Every value of a header, empty if it is absent. */
    public List<String> all(String lowerCaseName) {
        return values.getOrDefault(lowerCaseName, List.of());
    }

    /** The first value of a header. */
    public Optional<String> first(String lowerCaseName) {
        List<String> list = all(lowerCaseName);
        return list.isEmpty() ? Optional.empty() : Optional.of(list.getFirst());
    }

    /** The first value of a header, without the white space around it, which is not part of it (RFC 9110, section 5.5). */
    public Optional<String> trimmed(String lowerCaseName) {
        return first(lowerCaseName).map(RequestHeaders::trimmedValue);
    }

    /** The value without spaces and tabs around it. */
    public static String trimmedValue(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && isBlank(value.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }

    public boolean has(String lowerCaseName) {
        return values.containsKey(lowerCaseName);
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** Names only: values may be secret. */
    @Override
    public String toString() {
        return "RequestHeaders" + values.keySet();
    }
}
