package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The plan of a run.
 *
 * @param withoutUs triples of patterns for what a pair cannot do without the gateway either
 * @param notOffered triples of patterns for what a client cannot try
 * @param refused what no gateway can do; the client must be told
 * @param gaps triples of patterns for what this gateway cannot do yet
 * @param pairs which clients are tried with which servers
 * @param only the triples of client, server and scenario of this run
 */
record Plan(
        List<Server> servers,
        List<Pattern> withoutUs,
        List<Pattern> notOffered,
        List<Refusal> refused,
        List<Pattern> gaps,
        Pairs pairs,
        Pattern only) {
    private static final com.fasterxml.jackson.databind.ObjectMapper JSON =
            new com.fasterxml.jackson.databind.ObjectMapper();
    /** The file is ours, and uses one for each list of steps of a server. */
    private static final int MAX_ALIASES = 500;

    /**
     * One server.
     *
     * @param eras what it speaks
     * @param group servers of one group are behind the same gateway
     * @param anonymousSessions whether the bench's clients, which have no credential, share sessions there
     * @param notBy the clients that are not tried with it
     */
    record Server(
            String name,
            Set<Era> eras,
            String group,
            String anonymousSessions,
            Set<String> notBy,
            List<ObjectNode> steps) {
        Server {
            eras = Set.copyOf(eras);
            notBy = Set.copyOf(notBy);
            steps = List.copyOf(steps);
        }

        String prefix() {
            return name + "_";
        }
    }

    /**
     * What no gateway can do.
     *
     * @param cells a triple of patterns
     * @param says what the client's error must contain
     */
    record Refusal(Pattern cells, Pattern says) {}

    Plan {
        servers = List.copyOf(servers);
        withoutUs = List.copyOf(withoutUs);
        notOffered = List.copyOf(notOffered);
        refused = List.copyOf(refused);
        gaps = List.copyOf(gaps);
    }

    /**
     * Reads the file.
     *
     * @param each with how many servers each client is tried
     */
    static Plan read(Path file, int each, Pattern only) throws IOException {
        // Jackson's YAML parser does not support anchors.
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MAX_ALIASES);
        Map<String, Object> parsed = new Yaml(options).load(Files.readString(file));
        JsonNode document = JSON.valueToTree(parsed);
        List<Server> servers = new ArrayList<>();
        for (JsonNode server : document.path("servers")) {
            String name = server.path("name").asText();
            Set<Era> eras = EnumSet.noneOf(Era.class);
            server.path("eras").forEach(era -> eras.add(Era.of(era.asText())));
            List<ObjectNode> steps = new ArrayList<>();
            collect(server.path("steps"), name, steps);
            Set<String> notBy = new HashSet<>();
            server.path("notBy").forEach(client -> notBy.add(client.asText()));
            servers.add(new Server(
                    name,
                    eras,
                    server.path("group").asText(),
                    server.path("anonymousSessions").asText("PerCall"),
                    notBy,
                    steps));
        }
        List<Refusal> refused = new ArrayList<>();
        document.path("refused")
                .forEach(entry -> refused.add(new Refusal(
                        triple(entry.path("cells").asText()),
                        Pattern.compile(entry.path("says").asText()))));
        Pairs pairs = Pairs.of(
                Stream.of(StrangerClient.values()).map(StrangerClient::label).toList(), servers, each);
        return new Plan(
                servers,
                triples(document.path("withoutUs")),
                triples(document.path("notOffered")),
                refused,
                triples(document.path("gaps")),
                pairs,
                only);
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

    /** {@code *} stands for any name, {@code @legacy}, {@code @modern} and {@code @both} for the clients that speak that. */
    static Pattern triple(String entry) {
        String pattern = Pattern.quote(entry).replace("*", "\\E\\S*\\Q");
        for (Era era : Era.values()) {
            pattern = pattern.replace("@" + era.name().toLowerCase(java.util.Locale.ROOT), clients(EnumSet.of(era)));
        }
        return Pattern.compile(pattern.replace("@both", clients(EnumSet.allOf(Era.class))));
    }

    private static String clients(Set<Era> eras) {
        return Stream.of(StrangerClient.values())
                .filter(client -> client.eras().equals(eras))
                .map(StrangerClient::label)
                .collect(Collectors.joining("|", "\\E(?:", ")\\Q"));
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

    /** The client's steps with the server without the gateway: those for whose results any client needs it. */
    List<ObjectNode> directSteps(StrangerClient client, Server server) {
        Set<String> needed = Stream.of(StrangerClient.values())
                .flatMap(each -> steps(each.label(), server).stream()
                        .map(step -> step.path("scenario").asText())
                        .filter(scenario -> reference(each, server, scenario).equals(Optional.of(client))))
                .collect(Collectors.toSet());
        return server.steps().stream()
                .filter(step -> needed.contains(step.path("scenario").asText()))
                .toList();
    }

    /** The client whose result without the gateway is the expected one; empty if there is none. */
    Optional<StrangerClient> reference(StrangerClient client, Server server, String scenario) {
        return client.references(server.eras()).stream()
                .filter(each -> each == client
                        || (!server.notBy().contains(each.label()) && able(key(each.label(), server.name(), scenario))))
                .findFirst();
    }

    private boolean able(String key) {
        return !lacking(key) && !impossible(key);
    }

    /** Whether it is known that the pair cannot do it without the gateway. */
    boolean impossible(String key) {
        return withoutUs.stream().anyMatch(entry -> entry.matcher(key).matches());
    }

    /** Whether it is known that the client does not have it. */
    boolean lacking(String key) {
        return notOffered.stream().anyMatch(entry -> entry.matcher(key).matches());
    }

    /** Whether it is known that this gateway cannot do it yet. */
    boolean gap(String key) {
        return gaps.stream().anyMatch(entry -> entry.matcher(key).matches());
    }

    /** What the client must be told, if no gateway can do it. */
    Optional<Pattern> refusal(String key) {
        return refused.stream()
                .filter(entry -> entry.cells().matcher(key).matches())
                .map(Refusal::says)
                .findFirst();
    }

    /** The same without those servers. */
    Plan without(List<String> missing) {
        return new Plan(
                servers.stream()
                        .filter(server -> !missing.contains(server.name()))
                        .toList(),
                withoutUs,
                notOffered,
                refused,
                gaps,
                pairs,
                only);
    }
}
