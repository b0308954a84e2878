package io.mcpgateway.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The URLs that config.yaml gives its virtual servers. */
final class ConfigUrls {
    private static final Pattern HOSTNAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    /** What ends with a number is read as an address. */
    private static final Pattern ADDRESS = Pattern.compile("(.*\\.)?[0-9]+");

    private static final int LONGEST_HOSTNAME = 253;

    private ConfigUrls() {}

    /**
     * What an entry of {@code virtualServers} chooses.
     *
     * @param label the start of each message
     * @param problems gets what is wrong with it
     */
    static ChosenUrl chosen(JsonNode entry, String label, List<String> problems) {
        Optional<String> path = text(entry, "path");
        Optional<String> hostname = text(entry, "hostname").map(name -> name.toLowerCase(Locale.ROOT));
        if (path.isPresent() && !ChosenUrl.isPath(path.get())) {
            problems.add(label + "'path' must be /mcp/ and one word of letters, digits, '.', '_', '~' and '-', not '"
                    + UrlPaths.SERVERS + "'; for example /mcp/finance");
            path = Optional.empty();
        }
        if (hostname.isPresent() && !isHostname(hostname.get())) {
            problems.add(label + "'hostname' must be a DNS name without port, not an IP address");
            hostname = Optional.empty();
        }
        return new ChosenUrl(path, hostname);
    }

    /** Two objects with one URL: a client could not say which it means. */
    static List<String> conflicts(List<McpServer> servers, List<VirtualServer> virtualServers) {
        List<String> problems = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        servers.forEach(server -> owners.put(UrlPaths.ofServer(server.name()), "server '" + server.name() + "'"));
        for (VirtualServer virtualServer : virtualServers) {
            claim(UrlPaths.ofVirtualServer(virtualServer.name()), virtualServer, owners, problems);
        }
        for (VirtualServer virtualServer : virtualServers) {
            virtualServer
                    .url()
                    .pathThere()
                    .map(path -> virtualServer.url().hostname().orElse("") + path)
                    .ifPresent(url -> claim(url, virtualServer, owners, problems));
        }
        return problems;
    }

    private static void claim(
            String url, VirtualServer virtualServer, Map<String, String> owners, List<String> problems) {
        String name = "virtual server '" + virtualServer.name() + "'";
        String before = owners.putIfAbsent(url, name);
        if (before != null && !before.equals(name)) {
            problems.add("%s: its URL %s is also that of %s; give it another 'path', 'hostname' or name"
                    .formatted(name, url, before));
        }
    }

    private static boolean isHostname(String hostname) {
        return hostname.length() <= LONGEST_HOSTNAME
                && HOSTNAME.matcher(hostname).matches()
                && !ADDRESS.matcher(hostname).matches();
    }

    private static Optional<String> text(JsonNode entry, String member) {
        return Optional.of(entry.path(member).asText("")).filter(text -> !text.isEmpty());
    }
}
