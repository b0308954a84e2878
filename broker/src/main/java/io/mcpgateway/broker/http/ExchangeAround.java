package io.mcpgateway.broker.http;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Passes everything on to another exchange; subclasses change only what they are for. */
public abstract class ExchangeAround implements HttpExchange {
    private final HttpExchange exchange;

    protected ExchangeAround(HttpExchange exchange) {
        this.exchange = Objects.requireNonNull(exchange, "exchange");
    }

    @Override
    public String method() {
        return exchange.method();
    }

    @Override
    public String path() {
        return exchange.path();
    }

    @Override
    public Optional<String> query() {
        return exchange.query();
    }

    @Override
    public String authority() {
        return exchange.authority();
    }

    @Override
    public RequestHeaders headers() {
        return exchange.headers();
    }

    @Override
    public boolean announcesBody() {
        return exchange.announcesBody();
    }

    @Override
    public RawJson body() throws IOException {
        return exchange.body();
    }

    @Override
    public void answer(HttpAnswer answer) throws IOException {
        exchange.answer(answer);
    }

    @Override
    public OutputStream stream(int status, Map<String, List<String>> headers) throws IOException {
        return exchange.stream(status, headers);
    }

    @Override
    public void whenClientLeaves(Runnable action) {
        exchange.whenClientLeaves(action);
    }
}
