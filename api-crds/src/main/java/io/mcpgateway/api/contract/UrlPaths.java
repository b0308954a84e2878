package io.mcpgateway.api.contract;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Under which path a client finds what: {@code /mcp} everything, {@code /mcp/<namespace>/<name>} a virtual server,
 * {@code /mcp/servers/<namespace>/<name>} one server. Names of Kubernetes objects stand there as they are; other bytes
 * than unreserved ones (RFC 3986, section 2.3) are {@code %XX}, so that every name has one path.
 */
public final class UrlPaths {
    /** Below {@code /mcp}: what follows is a server. */
    public static final String SERVERS = "servers";

    private static final String BELOW = BrokerLaunch.MCP_PATH + "/";
    private static final String UNRESERVED = "-._~";

    private UrlPaths() {}

    /**
     * The path of a virtual server.
     *
     * @param name {@code namespace/name} of an MCPVirtualServer, or a name of config.yaml
     */
    public static String ofVirtualServer(String name) {
        return BELOW + encoded(name);
    }

    public static String ofServer(ServerName name) {
        return BELOW + SERVERS + "/" + encoded(name.value());
    }

    /** Slashes stay; a segment of dots, which clients and proxies would resolve, does not. */
    private static String encoded(String name) {
        StringBuilder path = new StringBuilder(name.length() + 8);
        for (String segment : name.split("/", -1)) {
            if (!path.isEmpty()) {
                path.append('/');
            }
            if (segment.equals(".") || segment.equals("..")) {
                path.append(segment.replace(".", "%2E"));
                continue;
            }
            for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
                if (isPlain(octet)) {
                    path.append((char) octet);
                } else {
                    path.append(String.format(Locale.ROOT, "%%%02X", octet));
                }
            }
        }
        return path.toString();
    }

    private static boolean isPlain(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || UNRESERVED.indexOf(octet) >= 0;
    }
}
