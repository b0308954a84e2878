package io.mcpgateway.broker.session.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the session store is and how to log in, from {@code redis://[[user]:password@]host[:port][/database]};
 * {@code rediss://} means TLS. Prints without user and password.
 */
public record RedisUrl(
        String host, int port, boolean tls, Optional<String> user, Optional<String> password, int database) {
    private static final int DEFAULT_PORT = 6379;
    private static final String FORM =
            "must look like redis://user:password@host:6379/0 (rediss:// for TLS; reserved characters percent-encoded)";

    /** The result of parsing. */
    public sealed interface Parsed {
        record Valid(RedisUrl url) implements Parsed {}

        /** Says what is wrong without repeating any part that could be secret. */
        record Refused(String problem) implements Parsed {}
    }

    public RedisUrl {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    public static Parsed parse(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException secretInside) {
            return new Parsed.Refused(FORM); // the exception's text repeats the url
        }
        boolean tls = "rediss".equalsIgnoreCase(uri.getScheme());
        if (!tls && !"redis".equalsIgnoreCase(uri.getScheme())) {
            return new Parsed.Refused(FORM);
        }
        if (uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return new Parsed.Refused(FORM + "; it needs a host and takes no query and no fragment");
        }
        return database(uri.getRawPath())
                .<Parsed>map(database -> new Parsed.Valid(of(uri, tls, database)))
                .orElseGet(() -> new Parsed.Refused(FORM + "; the path is the number of a database, 0 to 65535"));
    }

    private static RedisUrl of(URI uri, boolean tls, int database) {
        String login = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = login.indexOf(':');
        String user = colon < 0 ? login : login.substring(0, colon);
        String password = colon < 0 ? "" : login.substring(colon + 1);
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return new RedisUrl(bare(uri.getHost()), port, tls, decoded(user), decoded(password), database);
    }

    /** An IPv6 address without its brackets. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static Optional<String> decoded(String part) {
        // A plus is a plus here: only forms use it for a blank.
        return part.isEmpty()
                ? Optional.empty()
                : Optional.of(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    private static Optional<Integer> database(String path) {
        String text = path.startsWith("/") ? path.substring(1) : path;
        if (text.isEmpty()) {
            return Optional.of(0);
        }
        return text.length() <= 5 && text.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                ? Optional.of(Integer.parseInt(text)).filter(number -> number <= 65_535)
                : Optional.empty();
    }

    /** For logs. */
    public String address() {
        return (tls ? "rediss://" : "redis://") + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + "/"
                + database;
    }

    @Override
    public String toString() {
        return "RedisUrl[" + address() + "]";
    }
}
