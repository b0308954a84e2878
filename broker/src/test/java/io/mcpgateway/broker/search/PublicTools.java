package io.mcpgateway.broker.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * More than 1,000 tools as servers in public offer them, of 65 servers: {@code search/tools-*.txt}. A line is
 * {@code name | description | argument; argument=description}; {@code = prefix server} begins a server.
 */
public final class PublicTools {
    private static final int FILES = 5;

    private PublicTools() {}

    /** All of them, as they are served. */
    public static List<Served> all() {
        List<Served> tools = new ArrayList<>();
        String prefix = "";
        ServerRoute server = route("none");
        for (String line : lines()) {
            if (line.startsWith("= ")) {
                String[] names = line.split(" ", -1);
                prefix = names[1];
                server = route(names[2]);
            } else {
                tools.add(tool(prefix, server, line.split(" \\| ?", -1)));
            }
        }
        return tools;
    }

    /** A resource of these tests. */
    public static List<String> resource(String name) {
        try (InputStream file = PublicTools.class.getResourceAsStream("/search/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines() {
        return IntStream.rangeClosed(1, FILES)
                .mapToObj(number -> resource("tools-" + number + ".txt"))
                .flatMap(List::stream)
                .toList();
    }

    private static ServerRoute route(String name) {
        return new ServerRoute(
                new ServerName("tools/" + name),
                name + ".mcp.local",
                "/mcp",
                URI.create("http://" + name + ".test/mcp"));
    }

    private static Served tool(String prefix, ServerRoute server, String[] parts) {
        String ownName = parts[0];
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", prefix + ownName).put("description", parts[1]);
        ObjectNode schema = json.putObject("inputSchema").put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (String argument : parts[2].isBlank() ? new String[0] : parts[2].split("; ?", -1)) {
            String[] nameAndText = argument.split("=", 2);
            ObjectNode property = properties.putObject(nameAndText[0].strip()).put("type", "string");
            if (nameAndText.length > 1) {
                property.put("description", nameAndText[1].strip());
            }
            if (required.isEmpty()) {
                required.add(nameAndText[0].strip());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return new Served(
                prefix + ownName,
                new CapabilityRoute(CapabilityKind.TOOL, server, ownName, ToolHints.UNSPECIFIED),
                RawJson.of(json.toString()));
    }
}
