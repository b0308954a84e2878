package io.mcpgateway.broker.registry;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.url.PublicUrls.Asked;
import io.mcpgateway.broker.url.UrlTable;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code GET /v0.1/servers} and what is below it, of the MCP registry API. It can only be read, by anybody, as clients that
 * read an organization's list send no credential; at hosts that virtual servers have for themselves it is not served.
 */
public final class RegistryEndpoint {
    public static final String PATH = BrokerLaunch.REGISTRY_PATH;

    /** A name has one slash; clients write it as %2F, but proxies may have decoded it. */
    private static final Pattern OF_ONE =
            Pattern.compile(Pattern.quote(PATH) + "/([^/]+(?:/[^/]+)?)/versions(?:/([^/]+))?");

    private final RegistrySettings settings;
    private final Supplier<BrokerConfig> config;
    private final Supplier<UrlTable> urls;

    /**
     * The registry of a gateway.
     *
     * @param config that runs now
     * @param urls every URL of MCP, now
     */
    public RegistryEndpoint(RegistrySettings settings, Supplier<BrokerConfig> config, Supplier<UrlTable> urls) {
        this.settings = settings;
        this.config = config;
        this.urls = urls;
    }

    /** Whether this path is answered. */
    public boolean serves(String path) {
        return settings.enabled() && (path.equals(PATH) || path.startsWith(PATH + "/"));
    }

    public void handle(HttpExchange exchange) throws IOException {
        switch (exchange.method()) {
            case "GET", "HEAD" -> exchange.answer(shared(read(exchange)));
            case "OPTIONS" -> exchange.answer(shared(HttpAnswer.empty(204)));
            default ->
                exchange.answer(shared(refused(405, "this registry can only be read; use GET"))
                        .with("Allow", "GET, HEAD, OPTIONS"));
        }
    }

    private HttpAnswer read(HttpExchange exchange) {
        UrlTable now = urls.get();
        Asked asked = exchange.asked();
        if (now.isOwnHost(asked.authority())) {
            return refused(
                    404, "this host serves one virtual server only; the registry is at the gateway's public host");
        }
        List<RegistryEntry> entries = RegistryList.of(
                config.get(), settings.publicHost(), path -> settings.urls().of(asked, now, path));
        String path = exchange.path();
        if (path.equals(PATH) || path.equals(PATH + "/")) {
            return list(entries, exchange.query().orElse(""));
        }
        Matcher one = OF_ONE.matcher(path);
        return one.matches()
                ? one(
                        entries,
                        decoded(one.group(1)),
                        Optional.ofNullable(one.group(2)).map(RegistryEndpoint::decoded))
                : refused(
                        404,
                        "unknown path; this registry answers on " + PATH + ", " + PATH + "/{serverName}/versions and "
                                + PATH + "/{serverName}/versions/{version}");
    }

    private HttpAnswer list(List<RegistryEntry> entries, String text) {
        return switch (RegistryQuery.read(text)) {
            case RegistryQuery.Reading.Refused(String problem) -> refused(400, problem);
            case RegistryQuery.Reading.Valid(RegistryQuery query) -> {
                List<RegistryEntry> found = entries.stream()
                        .filter(entry -> query.matches(entry.name(), settings.version()))
                        .limit(query.limit() + 1L)
                        .toList();
                boolean more = found.size() > query.limit();
                List<RegistryEntry> page = more ? found.subList(0, query.limit()) : found;
                String next = more ? query.cursor(page.getLast().name()) : "";
                yield json(RegistryJson.list(page, settings.version(), next));
            }
        };
    }

    private HttpAnswer one(List<RegistryEntry> entries, String name, Optional<String> version) {
        Optional<RegistryEntry> entry = entries.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
        if (entry.isEmpty()) {
            return refused(404, "Server not found");
        }
        if (version.isEmpty()) {
            return json(RegistryJson.list(List.of(entry.get()), settings.version(), ""));
        }
        return List.of(RegistryQuery.LATEST, settings.version()).contains(version.get())
                ? json(RegistryJson.one(entry.get(), settings.version()))
                : refused(404, "Server version not found");
    }

    /** As it came if it cannot be decoded: no entry has a percent sign in its name. */
    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return segment;
        }
    }

    private static HttpAnswer json(RawJson body) {
        return HttpAnswer.json(200, body);
    }

    private static HttpAnswer refused(int status, String problem) {
        return HttpAnswer.json(status, RegistryJson.error(problem));
    }

    /** GitHub Copilot asks from web pages, too; there is no cookie to protect. */
    private static HttpAnswer shared(HttpAnswer answer) {
        return answer.with("Access-Control-Allow-Origin", "*")
                .with("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
                .with("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept")
                .with("Access-Control-Max-Age", "3600");
    }
}
