package io.mcpgateway.controller.urls.recipes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** URLs by name, as the files and command lines of clients have them. */
final class Snippets {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Snippets() {}

    /** The form that most clients read. */
    static String mcpServers(SequencedMap<String, String> urls) {
        return typed("mcpServers", urls);
    }

    /** VS Code's. */
    static String servers(SequencedMap<String, String> urls) {
        return typed("servers", urls);
    }

    /** For clients that tell the transport themselves. */
    static String untyped(SequencedMap<String, String> urls) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode entries = root.putObject("mcpServers");
        urls.forEach((name, url) -> entries.putObject(name).put("url", url));
        return print(root);
    }

    private static String typed(String member, SequencedMap<String, String> urls) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode entries = root.putObject(member);
        urls.forEach((name, url) -> entries.putObject(name).put("type", "http").put("url", url));
        return print(root);
    }

    /** For clients that start programs only: a bridge for each URL. */
    static String bridges(SequencedMap<String, String> urls) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode entries = root.putObject("mcpServers");
        urls.forEach((name, url) -> {
            ArrayNode words = entries.putObject(name).put("command", "npx").putArray("args");
            words.add("-y").add("mcp-remote").add(url);
            if (!url.startsWith("https:")) {
                words.add("--allow-http");
            }
        });
        return print(root);
    }

    static String toml(SequencedMap<String, String> urls) {
        return urls.sequencedEntrySet().stream()
                .map(entry -> "[mcp_servers.%s]\nurl = \"%s\"\n"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().replace("\\", "\\\\").replace("\"", "\\\"")))
                .collect(Collectors.joining("\n"));
    }

    /** @param command a format of the name (1) and the URL (2) */
    static String commands(String command, SequencedMap<String, String> urls) {
        return urls.sequencedEntrySet().stream()
                .map(entry -> command.formatted(entry.getKey(), quoted(entry.getValue())) + "\n")
                .collect(Collectors.joining());
    }

    /** For people, who enter them in a form. */
    static String lines(SequencedMap<String, String> urls) {
        return urls.sequencedEntrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    static String print(JsonNode tree) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(lines)
                .withArrayIndenter(lines);
        try {
            return JSON.writer(printer).writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values could not be printed", impossible);
        }
    }

    /** For a shell, unless nothing in it needs that. */
    private static String quoted(String url) {
        return url.matches("[A-Za-z0-9:/._~%+@,=-]+") ? url : "'" + url.replace("'", "'\\''") + "'";
    }
}
