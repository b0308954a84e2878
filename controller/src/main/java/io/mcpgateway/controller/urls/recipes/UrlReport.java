package io.mcpgateway.controller.urls.recipes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The URLs, for people and for programs. */
public final class UrlReport {
    private static final List<String> HEAD = List.of("KIND", "NAMESPACE", "NAME", "URL", "READY");
    private static final String GAP = "   ";
    private static final String NONE = "-";

    private UrlReport() {}

    /** A table, as kubectl prints one. */
    public static String table(Collection<ClientUrl> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        rows.stream().sorted(ClientUrl.ORDER).map(UrlReport::cells).forEach(lines::add);
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return lines.stream()
                .map(line -> IntStream.range(0, widths.length)
                                .mapToObj(column -> line.get(column)
                                        + " "
                                                .repeat(widths[column]
                                                        - line.get(column).length()))
                                .collect(Collectors.joining(GAP))
                                .stripTrailing()
                        + "\n")
                .collect(Collectors.joining());
    }

    /** The object {@code mcpServers}, as clients keep it. */
    public static String mcpServers(Collection<ClientUrl> rows) {
        return Snippets.mcpServers(ClientNames.of(rows));
    }

    /** For programs. Members may be added; the present ones keep their names and types (docs/urls.md). */
    public static String json(Collection<ClientUrl> rows) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("version", 1);
        ArrayNode urls = root.putArray("urls");
        rows.stream().sorted(ClientUrl.ORDER).forEach(row -> {
            ObjectNode node = urls.addObject().put("kind", row.kind().word());
            if (!row.namespace().isEmpty()) {
                node.put("namespace", row.namespace());
            }
            node.put("name", row.name());
            row.url().ifPresent(url -> node.put("url", url));
            row.ready().ifPresent(ready -> node.put("ready", ready));
            if (!row.reason().isEmpty()) {
                node.put("reason", row.reason());
            }
        });
        return Snippets.print(root);
    }

    private static List<String> cells(ClientUrl row) {
        String ready = row.ready().map(works -> works ? "True" : "False").orElse(NONE);
        return List.of(
                row.kind().word(),
                row.namespace().isEmpty() ? NONE : row.namespace(),
                row.name(),
                row.url().orElse(NONE),
                row.reason().isEmpty() ? ready : ready + " (" + row.reason() + ")");
    }
}
