package io.mcpgateway.broker.url;

import io.mcpgateway.api.contract.BrokerLaunch;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URLs of the gateway as its clients write them. A host that is not ours is never repeated.
 *
 * @param mcp the URL of {@code /mcp}, if it is set; otherwise it is taken from requests
 * @param usual for requests to none of {@code hosts}
 * @param hosts names and addresses of the gateway, in lower case, without port
 */
public record PublicUrls(Optional<String> mcp, String usual, Set<String> hosts) {
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?");
    private static final Pattern URL = Pattern.compile("([a-z]+://)(\\[[^]]*]|[^/:]*)(.*)");

    /** Where a request went, as the client wrote it. */
    public record Asked(String scheme, String authority) {
        public Asked {
            Objects.requireNonNull(scheme, "scheme");
            Objects.requireNonNull(authority, "authority");
        }
    }

    public PublicUrls {
        Objects.requireNonNull(mcp, "mcp");
        Objects.requireNonNull(usual, "usual");
        hosts = Set.copyOf(hosts);
    }

    /** The URL of a path at the host that was asked: that of the gateway, or one that a virtual server has for itself. */
    public String of(Asked asked, UrlTable now, String path) {
        Matcher authority = AUTHORITY.matcher(asked.authority());
        if (authority.matches() && now.isOwnHost(asked.authority())) {
            return mcp.map(PublicUrls::scheme).orElse(asked.scheme()) + "://" + asked.authority() + path;
        }
        boolean ours = authority.matches() && hosts.contains(authority.group(1).toLowerCase(Locale.ROOT));
        return mcp.map(url -> url.equals(withoutPath(url)) ? url : withPath(url, path))
                .or(() -> ours ? Optional.of(asked.scheme() + "://" + asked.authority() + path) : Optional.empty())
                .orElseGet(() -> withPath(usual, path));
    }

    /** The same URL at another host. */
    public static String atHost(String url, String host) {
        Matcher parts = URL.matcher(url);
        return parts.matches() ? parts.group(1) + host + parts.group(3) : url;
    }

    /** What is set is the URL of {@code /mcp}; the others are beside it. */
    private static String withPath(String usual, String path) {
        return path.equals(BrokerLaunch.MCP_PATH) ? usual : withoutPath(usual) + path;
    }

    private static String withoutPath(String usual) {
        String bare = usual.endsWith("/") ? usual.substring(0, usual.length() - 1) : usual;
        return bare.endsWith(BrokerLaunch.MCP_PATH)
                ? bare.substring(0, bare.length() - BrokerLaunch.MCP_PATH.length())
                : usual;
    }

    private static String scheme(String url) {
        return url.startsWith("http:") ? "http" : "https";
    }
}
