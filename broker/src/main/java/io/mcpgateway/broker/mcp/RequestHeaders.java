package io.mcpgateway.broker.mcp;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** HTTP headers of one request: names in lower case, values in order of arrival. Pseudo headers are not in it. */
public final class RequestHeaders {
    public static final RequestHeaders EMPTY = new RequestHeaders(Map.of());

    private final Map<String, List<String>> values;

    private RequestHeaders(Map<String, List<String>> values) {
        this.values = values;
    }

    public static RequestHeaders of(Map<String, List<String>> values) {
        Map<String, List<String>> copy = new TreeMap<>();
        values.forEach((name, list) -> copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(list)));
        return new RequestHeaders(copy);
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

    public boolean has(String lowerCaseName) {
        return values.containsKey(lowerCaseName);
    }

    public Set<String> names() {
        return java.util.Collections.unmodifiableSet(values.keySet());
    }

    /** Names only: values may be secret. */
    @Override
    public String toString() {
        return "RequestHeaders" + values.keySet();
    }
}
