package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/**
 * The plan of a run.
 *
 * @param withoutUs triples of patterns for what a pair cannot do without the gateway either
 * @param notOffered triples of patterns for what a client cannot try
 * @param pairs which clients are tried with which servers
 * @param only the triples of client, server and scenario of this run
 */
record Plan(List<Server> servers, List<Pattern> withoutUs, List<Pattern> notOffered, Pairs pairs, Pattern only) {
    private static final com.fasterxml.jackson.databind.ObjectMapper JSON =
            new com.fasterxml.jackson.databind.ObjectMapper();

    /**
     * One server.
     *
     * @param group servers of one group are behind the same gateway
     */
    record Server(String name, String group, List<ObjectNode> steps) {
        Server {
            steps = List.copyOf(steps);
        }

        String prefix() {
            return name + "_";
        }
    }

    Plan {
        servers = List.copyOf(servers);
        withoutUs = List.copyOf(withoutUs);
        notOffered = List.copyOf(notOffered);
    }

    /**
     * Reads the file.
     *
     * @param each with how many servers each client is tried
     */
    static Plan read(Path file, int each, Pattern only) throws IOException {
        // Jackson's YAML parser does not support anchors.
        Map<String, Object> parsed = new Yaml().load(Files.readString(file));
        JsonNode document = JSON.valueToTree(parsed);
        List<Server> servers = new ArrayList<>();
        for (JsonNode server : document.path("servers")) {
            String name = server.path("name").asText();
            List<ObjectNode> steps = new ArrayList<>();
            collect(server.path("steps"), name, steps);
            servers.add(new Server(name, server.path("group").asText(), steps));
        }
        Pairs pairs = Pairs.of(
                Stream.of(StrangerClient.values()).map(StrangerClient::label).toList(),
                servers.stream().map(Server::name).toList(),
                each);
        return new Plan(
                servers, triples(document.path("withoutUs")), triples(document.path("notOffered")), pairs, only);
    }

    private static List<Pattern> triples(JsonNode entries) {
        List<Pattern> patterns = new ArrayList<>();
        entries.forEach(entry -> patterns.add(triple(entry.asText())));
        return patterns;
    }

    private static void collect(JsonNode items, String server, List<ObjectNode> steps) throws IOException {
        for (JsonNode item : items) {
            if (item.isArray()) {
                collect(item, server, steps);
            } else {
                steps.add((ObjectNode) JSON.readTree(item.toString().replace("SERVER", server)));
            }
        }
    }

    private static Pattern triple(String entry) {
        return Pattern.compile(Pattern.quote(entry).replace("*", "\\E\\S+\\Q"));
    }

    static String key(String client, String server, String scenario) {
        return client + " " + server + " " + scenario;
    }

    /** Whether this client has any step with this server. */
    boolean has(String client, String server) {
        return servers.stream()
                .filter(each -> each.name().equals(server))
                .anyMatch(each -> !steps(client, each).isEmpty());
    }

    /** The client's steps with the server. */
    List<ObjectNode> steps(String client, Server server) {
        return server.steps().stream()
                .filter(step -> pairs.meet(client, server.name()))
                .filter(step -> only.matcher(
                                key(client, server.name(), step.path("scenario").asText()))
                        .find())
                .toList();
    }

    /** Whether it is known that the pair cannot do it without the gateway. */
    boolean impossible(String key) {
        return withoutUs.stream().anyMatch(entry -> entry.matcher(key).matches());
    }

    /** Whether it is known that the client does not have it. */
    boolean lacking(String key) {
        return notOffered.stream().anyMatch(entry -> entry.matcher(key).matches());
    }

    /** The same without those servers. */
    Plan without(List<String> missing) {
        return new Plan(
                servers.stream()
                        .filter(server -> !missing.contains(server.name()))
                        .toList(),
                withoutUs,
                notOffered,
                pairs,
                only);
    }
}
