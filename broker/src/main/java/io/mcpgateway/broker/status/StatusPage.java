package io.mcpgateway.broker.status;

import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code /ui/}: the status for a browser. Three files and a document; everything else it shows comes from
 * {@link StatusEndpoint}. Names and descriptions come from servers that nobody here has read, so the page may run no
 * script but its own file and load nothing from elsewhere (Content Security Policy Level 3).
 */
public final class StatusPage {
    public static final String PATH = "/ui";

    private static final String CATALOG = PATH + "/catalog.json";

    /** Inline scripts and styles are forbidden too: neither has a source here. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
            + "trusted-types 'none'";

    /** Of another process, an equal revision means something else. */
    private final String process = UUID.randomUUID().toString();

    private final SnapshotCell cell;
    private final OriginRule origins;
    private final Map<String, HttpAnswer> files = Map.of(
            PATH + "/", file("index.html", "text/html; charset=utf-8"),
            PATH + "/page.css", file("page.css", "text/css; charset=utf-8"),
            PATH + "/page.js", file("page.js", "text/javascript; charset=utf-8"));

    public StatusPage(SnapshotCell cell, OriginRule origins) {
        this.cell = cell;
        this.origins = origins;
    }

    public void handle(HttpExchange exchange) throws IOException {
        Optional<Refusal> refusal = origins.refusal(exchange.headers());
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
        HttpAnswer file = files.get(exchange.path());
        return file != null ? file : HttpAnswer.text(404, "not found; the status page is " + PATH + "/");
    }

    private HttpAnswer catalog(HttpExchange exchange) {
        GatewaySnapshot snapshot = cell.get();
        String tag = "\"" + process + "-" + snapshot.revision() + "\"";
        HttpAnswer answer = exchange.headers().all("if-none-match").contains(tag)
                ? HttpAnswer.empty(304)
                : HttpAnswer.json(200, PageCatalog.of(snapshot));
        return answer.with("ETag", tag);
    }

    private static HttpAnswer safe(HttpAnswer answer) {
        return answer.with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with("Cache-Control", "no-cache");
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
