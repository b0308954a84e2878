package io.mcpgateway.broker.refusal;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.ReadableId;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which web pages may use {@code /mcp} (MCP 2025-11-25, Transports, "Security Warning"). A page of another origin that
 * made its own name point to this gateway (DNS rebinding) still sends its own {@code Origin}, so the names that count
 * are those that this gateway was told, never the request's {@code Host}. Requests without {@code Origin} come from no
 * page.
 *
 * @param hosts lower-case host names whose pages are at home here, on any port
 * @param origins further origins, as {@code scheme://host[:port]} without a default port
 * @param everyOrigin whether any origin may
 */
public record OriginRule(Set<String> hosts, Set<String> origins, boolean everyOrigin) {
    private static final String ORIGIN = "origin";
    private static final String EVERY = "*";
    private static final List<String> ALLOWED = List.of(
            "Authorization",
            "Content-Type",
            "Accept",
            "Mcp-Session-Id",
            "Mcp-Protocol-Version",
            "Mcp-Method",
            "Mcp-Name",
            "Last-Event-ID",
            "X-Mcp-Virtualserver");
    private static final String PARAMETER = "mcp-param-[a-z0-9!#$%&'*+.^_`|~-]{1,128}";
    private static final int MAX_PARAMETERS = 64;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public OriginRule {
        hosts = Set.copyOf(hosts);
        origins = Set.copyOf(origins);
    }

    /**
     * The rule of a gateway.
     *
     * @param local whether clients reach it on their own machine, so that pages of that machine are at home here
     * @param allowed each accepted by {@link #isEntry}
     */
    public static OriginRule of(String publicHost, boolean local, List<String> allowed) {
        Set<String> hosts = new HashSet<>();
        String host = withoutPort(publicHost.toLowerCase(Locale.ROOT));
        hosts.add(host);
        if (local || LOOPBACK.contains(host)) {
            hosts.addAll(LOOPBACK);
        }
        Set<String> origins = new HashSet<>();
        for (String entry : allowed) {
            parse(entry).map(OriginRule::text).ifPresent(origins::add);
        }
        return new OriginRule(hosts, origins, allowed.contains(EVERY));
    }

    /** The same rule where further hosts lead to the gateway, whose pages are at home here too; lower case. */
    public OriginRule alsoOf(Set<String> furtherHosts) {
        if (furtherHosts.isEmpty()) {
            return this;
        }
        Set<String> all = new HashSet<>(hosts);
        all.addAll(furtherHosts);
        return new OriginRule(all, origins, everyOrigin);
    }

    /** Whether a text may stand in the list of allowed origins. */
    public static boolean isEntry(String text) {
        return text.equals(EVERY) || parse(text).isPresent();
    }

    /** Whether a request is admitted: it has no origin, or one that may. */
    public boolean admits(RequestHeaders headers) {
        List<String> values = headers.all(ORIGIN);
        if (values.isEmpty() || everyOrigin) {
            return true;
        }
        Optional<URI> origin = values.size() == 1 ? parse(values.getFirst()) : Optional.empty();
        return origin.isPresent() && (isHome(origin.get()) || origins.contains(text(origin.get())));
    }

    /** The answer to a request that is not admitted; empty for all others. */
    public Optional<Refusal> refusal(RequestHeaders headers) {
        return admits(headers)
                ? Optional.empty()
                : Optional.of(Refusals.origin(JsonRpcId.NONE, String.join(", ", headers.all(ORIGIN))));
    }

    /** The same where the message is there already, for its id. */
    public Optional<Refusal> refusal(RequestHeaders headers, RawJson message) {
        return admits(headers)
                ? Optional.empty()
                : Optional.of(Refusals.origin(ReadableId.of(message), String.join(", ", headers.all(ORIGIN))));
    }

    /** What every answer carries (names in lower case) so that an admitted page may read it (Fetch standard, "CORS protocol"). */
    public Map<String, String> answerHeaders(RequestHeaders headers) {
        List<String> values = headers.all(ORIGIN);
        if (values.isEmpty() || !admits(headers)) {
            return Map.of();
        }
        Map<String, String> cors = new LinkedHashMap<>();
        boolean named = values.size() == 1 && parse(values.getFirst()).isPresent();
        cors.put("access-control-allow-origin", named ? values.getFirst() : EVERY);
        cors.put("access-control-expose-headers", "Mcp-Session-Id, WWW-Authenticate");
        cors.put("vary", "Origin");
        return cors;
    }

    /** What the answer to OPTIONS carries in addition. */
    public Map<String, String> preflightHeaders(RequestHeaders headers) {
        if (answerHeaders(headers).isEmpty()) {
            return Map.of();
        }
        Map<String, String> cors = new LinkedHashMap<>();
        cors.put("access-control-allow-methods", "GET, POST, DELETE, OPTIONS");
        cors.put(
                "access-control-allow-headers",
                Stream.concat(ALLOWED.stream(), askedParameters(headers)).collect(Collectors.joining(", ")));
        cors.put("access-control-max-age", "3600");
        return cors;
    }

    /**
     * {@code Mcp-Param-*} headers (MCP 2026-07-28, Transports) are named after the arguments of tools, and a preflight
     * answer cannot allow a prefix: those that the page asks for are allowed by name.
     */
    private static Stream<String> askedParameters(RequestHeaders headers) {
        return headers.all("access-control-request-headers").stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> name.matches(PARAMETER))
                .distinct()
                .limit(MAX_PARAMETERS);
    }

    private boolean isHome(URI origin) {
        return (origin.getScheme().equals("http") || origin.getScheme().equals("https"))
                && hosts.contains(origin.getHost());
    }

    /** RFC 6454, section 6.2: scheme, host and port, nothing else; in lower case, as browsers send it. */
    private static Optional<URI> parse(String text) {
        try {
            URI uri = URI.create(text.toLowerCase(Locale.ROOT));
            boolean bare = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return bare && uri.getScheme() != null ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException notAnOrigin) {
            return Optional.empty();
        }
    }

    private static String text(URI origin) {
        int port = origin.getPort();
        boolean usual = port < 0
                || (origin.getScheme().equals("http") && port == 80)
                || (origin.getScheme().equals("https") && port == 443);
        return origin.getScheme() + "://" + origin.getHost() + (usual ? "" : ":" + port);
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":\\d+$", "");
    }
}
