package io.mcpgateway.api.envoy;

import java.util.regex.Pattern;

/**
 * A host as Envoy's matchers and routes accept it: RFC 1123 names (IPv4 addresses look the same), without a port.
 */
public final class DnsName {
    private static final int MAX_LENGTH = 253;
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

    private DnsName() {}

    public static boolean isValid(String name) {
        return name.length() <= MAX_LENGTH && NAME.matcher(name).matches();
    }

    /** @throws IllegalArgumentException naming the value */
    static void require(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("not a DNS name: '" + name + "'");
        }
    }

    /** @throws IllegalArgumentException naming the value */
    static void requireWildcard(String pattern) {
        if (!pattern.startsWith("*.") || !isValid(pattern.substring(2))) {
            throw new IllegalArgumentException("not a DNS name with a leading '*.': '" + pattern + "'");
        }
    }
}
