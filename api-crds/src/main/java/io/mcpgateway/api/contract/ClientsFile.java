package io.mcpgateway.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The file in which MCP clients keep their servers, read as config.yaml: {@code mcpServers} of Claude, Cursor and others,
 * or {@code servers} of VS Code, both a mapping by name. Each server gets its name as prefix. Members that only concern the
 * client are ignored; what would make a difference to calls and cannot be kept is a problem.
 */
final class ClientsFile {
    private static final String MCP_SERVERS = "mcpServers";
    private static final String SERVERS = "servers";
    private static final List<String> URL_MEMBERS = List.of("url", "serverUrl", "httpUrl");
    private static final int LONGEST_PREFIX = 32;

    private ClientsFile() {}

    static boolean is(JsonNode root) {
        return root.path(MCP_SERVERS).isObject() || root.path(SERVERS).isObject();
    }

    /**
     * The document as config.yaml.
     *
     * @param problems gets one for each server that cannot be taken over, and for each word of it that matters
     */
    static ObjectNode asConfig(JsonNode root, List<String> problems) {
        String member = root.path(MCP_SERVERS).isObject() ? MCP_SERVERS : SERVERS;
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        ArrayNode servers = config.putArray(SERVERS);
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, JsonNode> entry : root.path(member).properties()) {
            String label = member + "." + entry.getKey() + ": ";
            String name = entry.getKey().strip().replaceAll("[^A-Za-z0-9._/-]+", "-");
            if (name.isEmpty() || !names.add(name)) {
                problems.add(label + "needs a name of letters and digits that no other server has");
            } else {
                server(name, entry.getValue(), label, problems).ifPresent(servers::add);
            }
        }
        return config;
    }

    private static Optional<ObjectNode> server(String name, JsonNode entry, String label, List<String> problems) {
        String url = URL_MEMBERS.stream()
                .map(member -> entry.path(member).asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        if (url.isEmpty()) {
            problems.add(label
                    + (entry.has("command")
                            ? "runs a command; the gateway connects to URLs only: start it behind a bridge to HTTP"
                                    + " (docs/stdio-servers.md) and give its 'url' here"
                            : "'url' is missing"));
            return Optional.empty();
        }
        if (entry.path("type").asText("").equals("sse")) {
            problems.add(label + "'sse' is the transport of MCP 2024-11-05, which the gateway does not speak;"
                    + " use the server's URL for streamable HTTP and 'type: http'");
        }
        ObjectNode server = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("url", variable(url, label + "'url'", problems))
                .put("toolPrefix", prefix(name));
        for (Map.Entry<String, JsonNode> header : entry.path("headers").properties()) {
            if (header.getKey().equalsIgnoreCase("Authorization")) {
                server.put("credential", variable(header.getValue().asText(""), label + "'Authorization'", problems))
                        .put("upstreamAuthorization", UpstreamAuthorization.SHARED.word());
            } else {
                problems.add(label + "the header '" + header.getKey()
                        + "' cannot be kept; the gateway sends servers an Authorization header only");
            }
        }
        if (entry.path("disabled").asBoolean(false)) {
            server.put("state", "Disabled");
        }
        return Optional.of(server);
    }

    /** Clients fill variables in, each in its own way. */
    private static String variable(String text, String where, List<String> problems) {
        if (text.contains("${")) {
            problems.add(where + " contains a variable of the client, ${...}; write the value there");
        }
        return text;
    }

    private static String prefix(String name) {
        String word = name.replaceAll("[^A-Za-z0-9_-]+", "-");
        return word.substring(0, Math.min(word.length(), LONGEST_PREFIX - 1)) + "_";
    }
}
