package io.mcpgateway.broker.status;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code /ui/}: the status for a browser. Five files and two documents; everything else it shows comes from
 * {@link StatusEndpoint}. Names and descriptions come from servers that nobody here has read, so the page may run no
 * script but its own file and load nothing from elsewhere (Content Security Policy Level 3).
 */
public final class StatusPage {
    public static final String PATH = "/ui";

    private static final String CATALOG = PATH + "/catalog.json";
    private static final String TOOL = PATH + "/tool.json";

    /** Inline scripts and styles are forbidden too: neither has a source here. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
            + "trusted-types 'none'";

    /** Of another process, an equal revision means something else. */
    private final String process = UUID.randomUUID().toString();

    private final String hostName = hostName();

    private final SnapshotCell cell;
    private final OriginRule origins;
    private final PageCalls calls;
    private final Map<String, HttpAnswer> files = Map.of(
            PATH + "/", file("index.html", "text/html; charset=utf-8"),
            PATH + "/page.css", file("page.css", "text/css; charset=utf-8"),
            PATH + "/form.js", file("form.js", "text/javascript; charset=utf-8"),
            PATH + "/call.js", file("call.js", "text/javascript; charset=utf-8"),
            PATH + "/page.js", file("page.js", "text/javascript; charset=utf-8"));

    public StatusPage(SnapshotCell cell, OriginRule origins, PageCalls calls) {
        this.cell = cell;
        this.origins = origins;
        this.calls = calls;
    }

    public void handle(HttpExchange exchange) throws IOException, InterruptedException {
        Optional<Refusal> refusal = origins.refusal(exchange.headers());
        if (refusal.isEmpty() && exchange.path().equals(PageCalls.PATH)) {
            calls.handle(exchange);
            return;
        }
        exchange.answer(safe(refusal.map(HttpAnswer::of).orElseGet(() -> answer(exchange))));
    }

    private HttpAnswer answer(HttpExchange exchange) {
        if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
            return HttpAnswer.text(405, "method not allowed; use GET").with("Allow", "GET, HEAD");
        }
        if (exchange.path().equals(PATH)) {
            // Relative, so that it holds behind a proxy that puts something before the path.
            return HttpAnswer.empty(308).with("Location", PATH.substring(1) + "/");
        }
        if (exchange.path().equals(CATALOG)) {
            return catalog(exchange);
        }
        if (exchange.path().equals(TOOL)) {
            return tool(exchange);
        }
        HttpAnswer file = files.get(exchange.path());
        return file != null ? file : HttpAnswer.text(404, "not found; the status page is " + PATH + "/");
    }

    private HttpAnswer catalog(HttpExchange exchange) {
        GatewaySnapshot snapshot = cell.get();
        boolean offered = calls.offered();
        String tag = "\"" + process + "-" + snapshot.revision() + (offered ? "-calls" : "") + "\"";
        HttpAnswer answer = exchange.headers().all("if-none-match").contains(tag)
                ? HttpAnswer.empty(304)
                : HttpAnswer.json(
                        200, PageCatalog.of(snapshot, hostName, offered ? Optional.of(calls) : Optional.empty()));
        return answer.with("ETag", tag);
    }

    /** The definition of one tool, as clients get it. */
    private HttpAnswer tool(HttpExchange exchange) {
        String name;
        try {
            name = WhyQuestion.parameters(exchange.query()).getOrDefault("name", "");
        } catch (IllegalArgumentException notEncoded) {
            return HttpAnswer.text(400, "the query is not percent-encoded as it should be");
        }
        Served tool = cell.get().catalog().of(CapabilityKind.TOOL).get(name);
        return tool == null
                ? HttpAnswer.text(404, "no tool of this name is served")
                : HttpAnswer.json(200, tool.json());
    }

    static HttpAnswer safe(HttpAnswer answer) {
        return answer.with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with("Cache-Control", "no-cache");
    }

    /** In a cluster the name of the Pod; empty if the machine does not know its own name. */
    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "";
        }
    }

    private static HttpAnswer file(String name, String type) {
        try (InputStream file = StatusPage.class.getResourceAsStream("page/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the broker was built without page/" + name);
            }
            return new HttpAnswer(200, Map.of("Content-Type", List.of(type)), RawJson.of(file.readAllBytes()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
