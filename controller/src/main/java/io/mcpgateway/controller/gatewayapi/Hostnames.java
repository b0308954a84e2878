package io.mcpgateway.controller.gatewayapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Host names: how they intersect, what is valid, and which one is the public host of a gateway. */
public final class Hostnames {
    /** The result of looking for the public host. */
    public sealed interface PublicHost {
        /** A DNS-1123 subdomain without port. */
        record Derived(String host) implements PublicHost {
            public Derived {
                Objects.requireNonNull(host, "host");
            }
        }

        record Rejected(String message) implements PublicHost {
            public Rejected {
                Objects.requireNonNull(message, "message");
            }
        }
    }

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    private static final String WILDCARD = "*.";

    private Hostnames() {}

    /**
     * The host under which clients reach the gateway: {@code spec.publicHost} without its port, else the listener's
     * hostname, where a wildcard label becomes {@code mcp}.
     *
     * @param configured {@code spec.publicHost}
     * @param listenerHostname null or empty when the listener accepts every host
     */
    public static PublicHost publicHost(@Nullable String configured, @Nullable String listenerHostname) {
        String host;
        if (configured != null && !configured.isEmpty()) {
            if (configured.contains("://")) {
                return new PublicHost.Rejected(
                        "invalid public host \"%s\": must be a hostname, not a URL; write it like mcp.example.com"
                                .formatted(configured));
            }
            host = withoutPort(configured);
        } else if (listenerHostname != null && !listenerHostname.isEmpty()) {
            host = isWildcard(listenerHostname) ? "mcp." + listenerHostname.substring(2) : listenerHostname;
        } else {
            return new PublicHost.Rejected("unable to derive public host: no hostname available");
        }
        List<String> problems = problems(host);
        return problems.isEmpty()
                ? new PublicHost.Derived(host)
                : new PublicHost.Rejected(
                        "invalid public host \"%s\": %s".formatted(host, String.join("; ", problems)));
    }

    /** What keeps a text from being a DNS-1123 subdomain; empty when nothing does. */
    public static List<String> problems(String host) {
        List<String> problems = new ArrayList<>();
        if (host.isEmpty() || host.length() > LONGEST_NAME) {
            problems.add("must have 1 to " + LONGEST_NAME + " characters");
        }
        for (String label : host.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > LONGEST_LABEL) {
                problems.add("each part between dots must have 1 to " + LONGEST_LABEL + " characters");
                break;
            }
        }
        if (!host.chars().allMatch(character -> alphanumeric(character) || character == '-' || character == '.')) {
            problems.add("only lower case letters, digits, '-' and '.' are allowed");
        }
        for (String label : host.split("\\.", -1)) {
            if (label.startsWith("-") || label.endsWith("-")) {
                problems.add("each part must start and end with a letter or digit");
                break;
            }
        }
        return problems;
    }

    public static boolean isWildcard(String hostname) {
        return hostname.startsWith(WILDCARD);
    }

    /**
     * Whether some host fits both. Empty text fits every host. A wildcard is a suffix match: {@code *.example.com}
     * covers {@code a.example.com} and {@code a.b.example.com}, not {@code example.com} (Gateway API, HTTPRoute and
     * Listener hostnames).
     */
    public static boolean intersect(String left, String right) {
        String one = left.toLowerCase(Locale.ROOT);
        String other = right.toLowerCase(Locale.ROOT);
        if (one.isEmpty() || other.isEmpty() || one.equals(other)) {
            return true;
        }
        return (isWildcard(one) && other.endsWith(one.substring(1)) && !other.equals(one.substring(1)))
                || (isWildcard(other) && one.endsWith(other.substring(1)) && !one.equals(other.substring(1)));
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > 0
                && colon < host.length() - 1
                && host.substring(colon + 1).chars().allMatch(Character::isDigit);
        return port ? host.substring(0, colon) : host;
    }

    private static boolean alphanumeric(int character) {
        return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
    }
}
