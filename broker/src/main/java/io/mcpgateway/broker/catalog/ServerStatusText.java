package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Conflict;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The text of {@code /status} about one server.
 *
 * @param ready whether it is served. Names that another server keeps do not count while it has others: the message
 *     tells of them.
 * @param served how many of its items of each kind are served
 * @param message one sentence or two for a human
 */
public record ServerStatusText(boolean ready, Map<CapabilityKind, Integer> served, String message) {
    private static final int MAX_NAMED = 5;
    private static final String ADDED = "server added successfully. Total tools added ";

    public ServerStatusText {
        served = Map.copyOf(served);
        Objects.requireNonNull(message, "message");
    }

    /** Of a server's report and the names that it lost to others. */
    public static ServerStatusText of(ServerReport report, List<Conflict> conflicts) {
        Map<CapabilityKind, Integer> served = new EnumMap<>(CapabilityKind.class);
        for (CapabilityKind kind : CapabilityKind.values()) {
            long lost = conflicts.stream()
                    .filter(conflict -> conflict.kind() == kind)
                    .count();
            served.put(kind, report.listing(kind).items().size() - Math.toIntExact(lost));
        }
        boolean ready = report.phase() == ServerReport.Phase.READY
                && (conflicts.stream().noneMatch(conflict -> conflict.kind().prefixed())
                        || served.values().stream().anyMatch(count -> count > 0));
        String message = conflicts.isEmpty() ? report.message() : conflicting(report, conflicts, served);
        return new ServerStatusText(ready, served, message);
    }

    public int served(CapabilityKind kind) {
        return served.getOrDefault(kind, 0);
    }

    /** The message of a report about a server whose lists are known. */
    public static String added(Listings listings) {
        StringBuilder added = new StringBuilder(ADDED)
                .append(listings.of(CapabilityKind.TOOL).items().size());
        for (CapabilityKind kind : CapabilityKind.values()) {
            int items = listings.of(kind).items().size();
            if (kind != CapabilityKind.TOOL && items > 0) {
                added.append(", ").append(kind.plural()).append(' ').append(items);
            }
        }
        oddities(listings).ifPresent(oddities -> added.append(", ").append(oddities));
        return added.toString();
    }

    /** The definitions that are not served, or served with changes; empty if there are none. */
    public static Optional<String> oddities(Listings listings) {
        List<String> invalid = new ArrayList<>();
        List<String> mended = new ArrayList<>();
        for (CapabilityKind kind : CapabilityKind.values()) {
            Listing listing = listings.of(kind);
            listing.invalid().forEach(item -> invalid.add(item.name() + " (" + item.reason() + ")"));
            listing.mended().forEach(item -> mended.add(item.name() + " (" + String.join(", ", item.changes()) + ")"));
        }
        List<String> parts = new ArrayList<>();
        if (!invalid.isEmpty()) {
            parts.add(invalid.size() + " not served: " + some(invalid));
        }
        if (!mended.isEmpty()) {
            parts.add(mended.size() + " mended: " + some(mended));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    /** Names that a server lost, and to whom. */
    public static String keptByOthers(List<Conflict> conflicts) {
        return some(conflicts.stream()
                .map(conflict -> conflict.servedName() + " is already served by " + conflict.keptBy())
                .toList());
    }

    private static String conflicting(
            ServerReport report, List<Conflict> conflicts, Map<CapabilityKind, Integer> served) {
        List<String> sentences = new ArrayList<>();
        for (CapabilityKind kind : CapabilityKind.values()) {
            List<String> names = conflicts.stream()
                    .filter(conflict -> conflict.kind() == kind)
                    .map(conflict -> conflict.servedName() + " is already served by " + conflict.keptBy())
                    .toList();
            if (!names.isEmpty()) {
                sentences.add("conflicting " + kind.plural() + " discovered: " + some(names) + ". " + report.server()
                        + " serves " + served.getOrDefault(kind, 0) + " of its "
                        + report.listing(kind).items().size() + " " + kind.plural()
                        + (kind.prefixed() ? "; give it another toolPrefix" : ""));
            }
        }
        String text = String.join(". ", sentences);
        boolean plain = report.phase() == ServerReport.Phase.READY
                && !report.kept()
                && report.listings().byKind().values().stream()
                        .allMatch(listing -> listing.invalid().isEmpty());
        return plain ? text : text + ". The server itself: " + report.message();
    }

    private static String some(List<String> parts) {
        String shown = parts.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
        return parts.size() <= MAX_NAMED ? shown : shown + " and " + (parts.size() - MAX_NAMED) + " more";
    }
}
