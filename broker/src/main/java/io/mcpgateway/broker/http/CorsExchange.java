package io.mcpgateway.broker.http;

import io.mcpgateway.broker.refusal.OriginRule;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An exchange whose answer, whatever it is, says that the page that asks may read it. Headers of the same names that the
 * answer has already (from a server behind the gateway) give way; what the answer varies by is added to.
 */
public final class CorsExchange extends ExchangeAround {
    private static final String VARY = "vary";

    private final Map<String, String> cors;

    private CorsExchange(HttpExchange exchange, Map<String, String> cors) {
        super(exchange);
        this.cors = cors;
    }

    /** The exchange itself if no page asks, or one that may not. */
    public static HttpExchange around(HttpExchange exchange, OriginRule origins) {
        Map<String, String> cors = origins.answerHeaders(exchange.headers());
        return cors.isEmpty() ? exchange : new CorsExchange(exchange, cors);
    }

    @Override
    public void answer(HttpAnswer answer) throws IOException {
        super.answer(new HttpAnswer(answer.status(), with(answer.headers()), answer.content()));
    }

    @Override
    public OutputStream stream(int status, Map<String, List<String>> headers) throws IOException {
        return super.stream(status, with(headers));
    }

    private Map<String, List<String>> with(Map<String, List<String>> headers) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        cors.forEach((name, value) ->
                all.merge(name, List.of(value), name.equals(VARY) ? CorsExchange::both : (_, own) -> own));
        return all;
    }

    private static List<String> both(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }
}
