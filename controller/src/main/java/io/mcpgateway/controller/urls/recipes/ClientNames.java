package io.mcpgateway.controller.urls.recipes;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Under which name a client keeps a URL. All clients accept letters, digits, {@code -} and {@code _}. A virtual server
 * is called {@code NAMESPACE-NAME}, a server {@code server-NAMESPACE-NAME}, and the only gateway {@code gateway}.
 */
final class ClientNames {
    private ClientNames() {}

    /** The URLs by name, in order; what has no URL is left out. */
    static SequencedMap<String, String> of(Collection<ClientUrl> rows) {
        List<ClientUrl> usable = rows.stream()
                .filter(row -> row.url().isPresent())
                .sorted(ClientUrl.ORDER)
                .toList();
        Map<ClientUrl.Kind, Long> counts =
                usable.stream().collect(Collectors.groupingBy(ClientUrl::kind, Collectors.counting()));
        boolean onlyGateway = counts.getOrDefault(ClientUrl.Kind.GATEWAY, 0L) == 1;
        SequencedMap<String, String> urls = new LinkedHashMap<>();
        for (ClientUrl row : usable) {
            String name = name(row, onlyGateway);
            String free = name;
            for (int next = 2; urls.containsKey(free); next++) {
                free = name + "-" + next;
            }
            urls.put(free, row.url().orElseThrow());
        }
        return urls;
    }

    private static String name(ClientUrl row, boolean onlyGateway) {
        String prefix = switch (row.kind()) {
            case GATEWAY -> "gateway-";
            case VIRTUAL_SERVER -> "";
            case SERVER -> "server-";
        };
        if (row.kind() == ClientUrl.Kind.GATEWAY && onlyGateway) {
            return "gateway";
        }
        String name = row.namespace().isEmpty() ? row.name() : row.namespace() + "-" + row.name();
        return prefix + name.replaceAll("[^A-Za-z0-9_-]+", "-");
    }
}
