package io.mcpgateway.e2e.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The head of a request to the API server.
 *
 * @param fields the lines after the first, unchanged
 */
record ApiRequest(String method, String path, List<String> fields) {
    private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");

    ApiRequest {
        fields = List.copyOf(fields);
    }

    /** Parses a head. */
    static ApiRequest of(String head) {
        List<String> lines = head.lines().filter(line -> !line.isEmpty()).toList();
        String[] first = lines.isEmpty() ? new String[0] : lines.getFirst().split(" ", -1);
        if (first.length != 3) {
            throw new IllegalArgumentException("not HTTP");
        }
        return new ApiRequest(first[0], first[1], lines.subList(1, lines.size()));
    }

    /** Whether it changes the state that a controller leaves behind. Events and Leases do not count. */
    boolean isWrite() {
        return WRITING.contains(method)
                && !resource().equals("events")
                && !resource().equals("leases")
                && !path.contains("/authorization.k8s.io/");
    }

    boolean isWatch() {
        return path.contains("watch=true");
    }

    /** The requested kind, in the plural, such as {@code secrets}. */
    String resource() {
        String[] parts = path.replaceFirst("[?].*", "").split("/", -1);
        int kind = parts[1].equals("api") ? 3 : 4;
        boolean namespaced = parts.length > kind + 2 && parts[kind].equals("namespaces");
        int index = namespaced ? kind + 2 : kind;
        return index < parts.length ? parts[index] : "";
    }

    /** The head for the API server: one exchange per connection, except for a web socket, which takes it over. */
    String forwarded() {
        StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        boolean webSocket = fields.stream().anyMatch(field -> lower(field).matches("upgrade: *websocket"));
        for (String field : fields) {
            String name = lower(field).replaceFirst(":.*", "");
            boolean ofThisHop =
                    Set.of("connection", "upgrade", "http2-settings").contains(name);
            if (webSocket || !ofThisHop) {
                text.append(field).append("\r\n");
            }
        }
        return text.append(webSocket ? "\r\n" : "Connection: close\r\n\r\n").toString();
    }

    @Override
    public String toString() {
        return method + " " + path.replaceFirst("[?].*", "");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
