package io.mcpgateway.broker.tracing;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.session.SessionVerdict;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.common.Clock;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Starts spans, and reads and writes the contexts that they continue and hand on. */
final class SpanMaker {
    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final String REQUEST_ID = "x-request-id";
    private static final String HTTPS = "https";

    private static final TextMapGetter<Function<String, Optional<String>>> BY_NAME = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Function<String, Optional<String>> carrier) {
            return W3C.fields();
        }

        @Override
        public @Nullable String get(@Nullable Function<String, Optional<String>> carrier, String name) {
            return carrier == null ? null : carrier.apply(name).orElse(null);
        }
    };

    private final Tracer tracer;
    private final SessionTokens sessions;
    private final InstantSource now;
    private final Clock clock = Clock.getDefault();

    /** @param sessions the same that clients have */
    SpanMaker(Tracer tracer, SessionTokens sessions, InstantSource now) {
        this.tracer = tracer;
        this.sessions = sessions;
        this.now = now;
    }

    /** In nanoseconds since 1970. */
    long clock() {
        return clock.now();
    }

    /** Invalid if nothing is said, or something that is not a W3C trace context. */
    static SpanContext context(Function<String, Optional<String>> carrier) {
        return Span.fromContext(W3C.extract(Context.root(), carrier, BY_NAME)).getSpanContext();
    }

    /** Header names, which are the members of {@code _meta} as well, and values that say that a span goes on. */
    static Map<String, String> carrying(Span span) {
        Map<String, String> carrier = new HashMap<>();
        W3C.inject(Context.root().with(span), carrier, (map, name, value) -> {
            if (map != null) {
                map.put(name, value);
            }
        });
        return carrier;
    }

    /**
     * For a client's message.
     *
     * @param begun when it came, in nanoseconds since 1970
     * @param transport what is said beside the message and its headers; preferred to these
     * @param found whether the target is known to exist
     */
    Span server(long begun, SpanContext transport, RequestHeaders headers, SpokenMessage message, boolean found) {
        Map<String, String> meta = message.scan().context();
        Parents parents = Parents.of(
                transport.isValid() ? transport : context(headers::first),
                context(name -> Optional.ofNullable(meta.get(name))));
        SpanBuilder builder = tracer.spanBuilder(message.spanName(found))
                .setSpanKind(SpanKind.SERVER)
                .setParent(parents.parent())
                .setStartTimestamp(begun, TimeUnit.NANOSECONDS)
                .setAttribute(SpanKeys.METHOD, message.methodName());
        parents.link().ifPresent(builder::addLink);
        Span span = builder.startSpan();
        if (span.isRecording()) {
            span.setAllAttributes(message.attributes());
            headers.first(REQUEST_ID)
                    .ifPresent(id -> span.setAttribute(SpanKeys.ENVOY_REQUEST_ID, List.of(SpokenMessage.excerpt(id))));
            inSession(headers, message, span);
        }
        return span;
    }

    private void inSession(RequestHeaders headers, SpokenMessage message, Span span) {
        Optional<String> token = headers.first(McpHeaders.SESSION_ID);
        if (token.isPresent()
                && sessions.verify(token, CallerBinding.of(headers.all(StandardHeaders.AUTHORIZATION)), now.instant())
                        instanceof SessionVerdict.Valid(var session)) {
            span.setAttribute(SpanKeys.SESSION, session.id().digest());
            if (message.revision().isEmpty()) {
                span.setAttribute(SpanKeys.PROTOCOL_VERSION, session.protocolVersion());
            }
        }
    }

    /**
     * For the message to a server.
     *
     * @param parent of the client's message
     */
    Span client(Span parent, SpokenMessage message, ServerRoute server) {
        Span span = tracer.spanBuilder(message.spanName(true))
                .setSpanKind(SpanKind.CLIENT)
                .setParent(Context.root().with(parent))
                .setAttribute(SpanKeys.METHOD, message.methodName())
                .startSpan();
        if (span.isRecording()) {
            span.setAllAttributes(message.attributes());
            span.setAttribute(SpanKeys.REGISTRATION, server.name().value());
            address(server.url(), span);
        }
        return span;
    }

    private static void address(URI url, Span span) {
        if (url.getHost() != null) {
            int usual = HTTPS.equals(url.getScheme()) ? 443 : 80;
            span.setAttribute(SpanKeys.SERVER_ADDRESS, url.getHost());
            span.setAttribute(SpanKeys.SERVER_PORT, (long) (url.getPort() < 0 ? usual : url.getPort()));
        }
    }
}
