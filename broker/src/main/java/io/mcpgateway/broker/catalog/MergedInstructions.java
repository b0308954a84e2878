package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The instructions of several servers as one text: each below its name and prefix, with every line quoted, so
 * none can pass for another one's. Pure.
 */
public final class MergedInstructions {
    /**
     * How much of it there is.
     *
     * @param characters of all servers together, headings not counted; servers that say much leave room for the others
     * @param leastShare the least that each server gets; servers that would get less are left out
     */
    record Bounds(int characters, int leastShare) {
        static final Bounds DEFAULT = new Bounds(16_384, 256);

        int servers() {
            return characters / leastShare;
        }
    }

    private static final String HEADING =
            "Instructions from the MCP servers behind this gateway, each quoted below the server's name:\n";

    private MergedInstructions() {}

    private record Said(McpServer server, Instructions instructions) {}

    /**
     * What of the servers a client sees.
     *
     * @param servers of which it sees anything
     * @param prefixes with which their tools and prompts are seen; of a server without either, nothing
     */
    record Shown(Set<ServerName> servers, Map<ServerName, Set<String>> prefixes) {
        static Shown in(CapabilityView view) {
            Map<ServerName, Set<String>> prefixes = new HashMap<>();
            for (CapabilityKind kind : List.of(CapabilityKind.TOOL, CapabilityKind.PROMPT)) {
                view.items(kind)
                        .forEach(item -> prefixes.computeIfAbsent(
                                        item.route().server().name(), _ -> new HashSet<>())
                                .add(prefix(item)));
            }
            return new Shown(view.servers(), prefixes);
        }

        /** Of an item with a name of its own, that name, which no other item has in front of its name. */
        private static String prefix(Served item) {
            String ownName = item.route().ownName();
            return item.name().endsWith(ownName)
                    ? item.name().substring(0, item.name().length() - ownName.length())
                    : item.name();
        }

        /** What the text says about the prefix; empty if the tools have different prefixes. */
        private String heading(McpServer server) {
            Set<String> seen = prefixes.getOrDefault(server.name(), Set.of(server.toolPrefix()));
            if (seen.size() > 1) {
                return "";
            }
            String prefix = seen.iterator().next();
            return prefix.isEmpty()
                    ? " (its tools and prompts have no prefix)"
                    : " (names of its tools and prompts start with \"" + prefix + "\")";
        }
    }

    /**
     * The text for a client; empty if no server that it sees has instructions.
     *
     * @param servers in the order of the text
     * @param view what the client sees
     */
    public static Optional<String> of(
            List<McpServer> servers, Map<ServerName, ServerReport> reports, CapabilityView view) {
        return of(servers, reports, () -> Shown.in(view), Bounds.DEFAULT);
    }

    static Optional<String> of(
            List<McpServer> servers, Map<ServerName, ServerReport> reports, Supplier<Shown> shown, Bounds bounds) {
        List<Said> all = servers.stream()
                .flatMap(server -> Optional.ofNullable(reports.get(server.name())).stream()
                        .filter(report -> !report.instructions().isEmpty())
                        .map(report -> new Said(server, report.instructions())))
                .toList();
        return all.isEmpty() ? Optional.empty() : text(all, shown.get(), bounds);
    }

    private static Optional<String> text(List<Said> known, Shown shown, Bounds bounds) {
        List<Said> all = known.stream()
                .filter(said -> shown.servers().contains(said.server().name()))
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<Said> told = all.subList(0, Math.min(all.size(), bounds.servers()));
        int share = share(told, bounds.characters());
        StringBuilder text = new StringBuilder(HEADING);
        told.forEach(said -> append(
                text,
                said.server().name() + shown.heading(said.server()),
                said.instructions().within(share)));
        int leftOut = all.size() - told.size();
        if (leftOut > 0) {
            text.append("\n(The instructions of ")
                    .append(leftOut)
                    .append(" more servers are omitted because of their length.)\n");
        }
        return Optional.of(text.toString());
    }

    private static void append(StringBuilder text, String heading, Instructions instructions) {
        text.append("\n").append(heading).append(":\n");
        instructions
                .text()
                .lines()
                .forEach(line -> text.append("> ").append(line).append('\n'));
        if (instructions.cut()) {
            text.append("(truncated)\n");
        }
    }

    /** The maximum for each, so all together stay within {@code characters}. */
    private static int share(List<Said> said, int characters) {
        int left = characters;
        int waiting = said.size();
        for (int length : said.stream()
                .mapToInt(each -> each.instructions().text().length())
                .sorted()
                .toArray()) {
            if ((long) length * waiting > left) {
                return left / waiting;
            }
            left -= length;
            waiting--;
        }
        return characters;
    }
}
