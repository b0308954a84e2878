package io.mcpgateway.e2e.process;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * One server entry of config.yaml.
 *
 * @param anonymousSessions {@code PerCall} or {@code Shared}
 */
public record ServerEntry(String name, URI url, String hostname, String toolPrefix, String anonymousSessions) {
    public ServerEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(hostname, "hostname");
        Objects.requireNonNull(toolPrefix, "toolPrefix");
        Objects.requireNonNull(anonymousSessions, "anonymousSessions");
    }

    public ServerEntry(String name, URI url, String hostname, String toolPrefix) {
        this(name, url, hostname, toolPrefix, "PerCall");
    }

    /** {@code demo/<short>} at {@code <short>.mcp.local} with the prefix {@code <short>_}. */
    public static ServerEntry of(String shortName, URI url) {
        return new ServerEntry("demo/" + shortName, url, shortName + ".mcp.local", shortName + "_");
    }

    public ServerEntry withUrl(URI other) {
        return new ServerEntry(name, other, hostname, toolPrefix, anonymousSessions);
    }

    public ServerEntry withPrefix(String other) {
        return new ServerEntry(name, url, hostname, other, anonymousSessions);
    }

    /** The config.yaml of these servers. */
    public static String yaml(List<ServerEntry> servers) {
        StringBuilder yaml = new StringBuilder(servers.isEmpty() ? "servers: []\n" : "servers:\n");
        for (ServerEntry server : servers) {
            yaml.append("- name: ").append(quoted(server.name)).append('\n');
            yaml.append("  url: ").append(quoted(server.url.toString())).append('\n');
            yaml.append("  hostname: ").append(quoted(server.hostname)).append('\n');
            yaml.append("  toolPrefix: ").append(quoted(server.toolPrefix)).append('\n');
            yaml.append("  anonymousSessions: ")
                    .append(quoted(server.anonymousSessions))
                    .append('\n');
        }
        return yaml.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
