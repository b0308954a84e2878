package io.mcpgateway.broker.definition;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which URIs of resources every client can read. Clients on the Python SDK 1 parse them as a browser does (the WHATWG
 * URL standard): a scheme, and an authority that makes sense. Stricter than they are where that is simpler.
 */
final class UriRule {
    private static final Pattern URI = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Set<String> WITH_HOST = Set.of("http", "https", "ws", "wss", "ftp");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[^@]*@)?(\\[[0-9A-Fa-f:.]{2,45}]|[^:@\\[\\]]*)(?::([0-9]{0,5}))?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)\\.?");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile(
            "\\[(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|(?=(?:[0-9A-Fa-f]{0,4}:){0,7}[0-9A-Fa-f]{0,4}])"
                    + "(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*)?::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*)?)]");
    private static final Pattern OPAQUE_HOST = Pattern.compile("[^\\x00-\\x20#/<>?@\\\\^|%\\x7f\\[\\]]*");

    private UriRule() {}

    static boolean fits(String text) {
        Matcher uri = URI.matcher(text);
        if (!uri.matches()) {
            return false;
        }
        String scheme = uri.group(1).toLowerCase(Locale.ROOT);
        String rest = uri.group(2);
        if (!rest.startsWith("//")) {
            return !WITH_HOST.contains(scheme);
        }
        String whole = rest.substring(2).split("[/?#]", 2)[0];
        Matcher authority = AUTHORITY.matcher(whole);
        // A browser reads a backslash as a slash.
        if (whole.indexOf('\\') >= 0 || !authority.matches()) {
            return false;
        }
        String port = authority.group(2);
        boolean withPort = port != null && !port.isEmpty();
        if (withPort && Integer.parseInt(port) > 65_535) {
            return false;
        }
        String host = authority.group(1);
        if (scheme.equals("file")) {
            return whole.equals(host) && (host.isEmpty() || named(host));
        }
        return WITH_HOST.contains(scheme)
                ? named(host)
                : host.startsWith("[")
                        ? ipv6(host)
                        : OPAQUE_HOST.matcher(host).matches() && !(host.isEmpty() && !whole.isEmpty());
    }

    private static boolean named(String host) {
        if (host.startsWith("[")) {
            return ipv6(host);
        }
        return HOST.matcher(host).matches()
                && (ENDS_IN_NUMBER.matcher(host).matches()
                        ? IPV4.matcher(host).matches()
                        : !host.toLowerCase(Locale.ROOT).contains("xn--"));
    }

    private static boolean ipv6(String host) {
        return IPV6.matcher(host).matches();
    }
}
