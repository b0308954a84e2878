package io.mcpgateway.api.contract;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The URL that somebody chose for a virtual server, besides the one that it has anyway: a path on the public host, or a
 * host of its own, there under {@code /mcp} or under the path.
 *
 * @param path {@code /mcp/<word>}
 * @param hostname lower case, without port
 */
public record ChosenUrl(Optional<String> path, Optional<String> hostname) {
    /** Only the one that it has anyway. */
    public static final ChosenUrl NONE = new ChosenUrl(Optional.empty(), Optional.empty());

    /**
     * One segment: the paths of virtual servers have two, those of servers three, so nobody can take a path that
     * another object has or will have by its name.
     */
    public static final String PATH_PATTERN = "^/mcp/[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$";

    private static final Pattern PATH = Pattern.compile(PATH_PATTERN);

    public ChosenUrl {
        Objects.requireNonNull(path, "path");
        hostname = hostname.map(name -> name.toLowerCase(Locale.ROOT));
    }

    public static boolean isPath(String path) {
        return PATH.matcher(path).matches() && !path.equals(BrokerLaunch.MCP_PATH + "/" + UrlPaths.SERVERS);
    }

    public boolean isNone() {
        return path.isEmpty() && hostname.isEmpty();
    }

    /** The path at the host; empty if nothing was chosen. */
    public Optional<String> pathThere() {
        return path.or(() -> hostname.map(_ -> BrokerLaunch.MCP_PATH));
    }
}
