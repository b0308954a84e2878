package io.mcpgateway.broker.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpgateway.api.contract.CaCertificates;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import io.mcpgateway.broker.network.AddressRule;
import io.mcpgateway.broker.network.TlsVerdict;
import io.mcpgateway.broker.network.TrustStore;
import io.mcpgateway.broker.transport.IncomingResponse;
import io.mcpgateway.broker.transport.ServerTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens MCP connections over streamable HTTP (MCP 2025-11-25, "Transports"). One for all servers, and one for the gateway
 * itself: HTTP/1.1 with kept connections, no redirects, no cookies, no compression.
 */
public final class McpHttpClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** To one server. Those who use it have smaller limits of their own. */
    private static final int MAX_CONNECTIONS = 50_000;

    private static final int MAX_TRUSTING = 256;

    private final AddressRule addresses;
    private final ServerTransport transport = new ServerTransport(CONNECT_TIMEOUT, MAX_CONNECTIONS);
    private final BoundedExchange usual;
    /** One transport each; one that is not used any more ends with its last exchange. */
    private final Cache<Trust, ServerTransport> trusting = Caffeine.newBuilder()
            .maximumSize(MAX_TRUSTING)
            .executor(Runnable::run)
            .<Trust, ServerTransport>evictionListener((_, evicted, _) -> retire(evicted))
            .build();

    /** Which CAs are trusted further, and the name in the certificate, if it is not the host of the url. */
    private record Trust(List<CaCertificates> further, Optional<String> certificateName) {}

    /** To no link-local or metadata addresses. */
    public McpHttpClient() {
        this(AddressRule.STRICT);
    }

    public McpHttpClient(AddressRule addresses) {
        this.addresses = addresses;
        usual = new BoundedExchange(transport, addresses);
    }

    private BoundedExchange exchange(McpTarget target) {
        Optional<String> name = target.namesCertificate() ? target.certificateName() : Optional.empty();
        return target.trusted().isEmpty() && name.isEmpty()
                ? usual
                : new BoundedExchange(
                        trusting.get(new Trust(target.trusted(), name), McpHttpClient::trusting), addresses);
    }

    private static ServerTransport trusting(Trust trust) {
        return new ServerTransport(
                CONNECT_TIMEOUT, MAX_CONNECTIONS, TrustStore.with(trust.further()), trust.certificateName());
    }

    private static void retire(@Nullable ServerTransport evicted) {
        if (evicted != null) {
            evicted.retire();
        }
    }

    /** A session that nobody else uses, with numbers as IDs. */
    public OpenOutcome open(McpTarget target, InitializeParams params, Consumer<String> onNotification)
            throws InterruptedException {
        return open(target, params, RequestIds.numbers(), onNotification);
    }

    /**
     * Initializes a session and sends notifications/initialized, both within the target's exchange limit.
     *
     * @param ids of our own requests in the session
     *
     * @param onNotification gets the method of every notification that the server sends on any stream of the
     *     connection; called on the reading thread, must return quickly
     */
    public OpenOutcome open(McpTarget target, InitializeParams params, RequestIds ids, Consumer<String> onNotification)
            throws InterruptedException {
        long start = System.nanoTime();
        Initialized initialized = initialize(target, params, ids.next(), onNotification);
        if (!(initialized.outcome() instanceof McpOutcome.Answer(var result))) {
            return new OpenOutcome.NotOpened(failure(initialized.outcome()));
        }
        McpSession session;
        try {
            session = InitializeResult.session(initialized.sessionId(), result);
        } catch (InitializeResult.UnacceptableException e) {
            return new OpenOutcome.NotOpened(new McpOutcome.ProtocolViolation(message(e)));
        }
        McpConnection connection = new McpConnection(exchange(target), target, session, ids, onNotification);
        Duration left = target.limits().exchange().minusNanos(System.nanoTime() - start);
        if (!left.isPositive()) {
            return new OpenOutcome.NotOpened(new McpOutcome.Timeout("timed out during initialize"));
        }
        return connection.initialized(left) instanceof McpOutcome.Failure failure
                ? new OpenOutcome.NotOpened(failure)
                : new OpenOutcome.Opened(connection);
    }

    /**
     * A session that already exists, and that a client uses as well.
     *
     * @param onNotification as of {@link #open}
     */
    public McpConnection resume(
            McpTarget target, Optional<String> sessionId, String protocolVersion, Consumer<String> onNotification) {
        McpSession session = new McpSession(
                sessionId, protocolVersion, ServerCapabilities.NONE, Instructions.NONE, RawJson.of("{}"));
        return new McpConnection(exchange(target), target, session, RequestIds.besideAClients(), onNotification);
    }

    /**
     * One message to a server without a session.
     *
     * @param headers in addition to the target's
     * @param repeatable whether it may be sent again if the connection breaks before there is an answer
     * @param whole from now until the answer must have been read
     */
    public record Posting(RawJson message, Map<String, String> headers, boolean repeatable, Duration whole) {
        public Posting {
            Objects.requireNonNull(message, "message");
            headers = Map.copyOf(headers);
            Objects.requireNonNull(whole, "whole");
        }
    }

    /** Posts a message and has its answer read; {@code failed} makes the result if there is none. */
    public <T> T post(
            McpTarget target, Posting posting, BoundedExchange.Reader<T> reader, Function<McpOutcome.Failure, T> failed)
            throws InterruptedException {
        McpRequests.Request request;
        try {
            McpRequests.Draft draft = McpRequests.base(target);
            posting.headers().forEach(draft::header);
            request = draft.post(posting.message());
        } catch (IllegalArgumentException e) {
            return failed.apply(McpRequests.invalidHeader());
        }
        BoundedExchange exchange = exchange(target);
        Duration header = target.limits().header();
        return posting.repeatable()
                ? exchange.run(request, header, posting.whole(), reader, failed)
                : exchange.once(request, header, posting.whole(), reader, failed);
    }

    /** How TLS with a server goes. */
    public TlsVerdict tls(McpTarget target) throws InterruptedException {
        McpRequests.Request request = McpRequests.base(target).get();
        return exchange(target)
                .<TlsVerdict>run(
                        request,
                        target.limits().header(),
                        target.limits().exchange(),
                        _ -> new TlsVerdict.Works(),
                        failure -> failure instanceof McpOutcome.Unreachable(String message, boolean inTls) && inTls
                                ? new TlsVerdict.Fails(message)
                                : new TlsVerdict.Unknown());
    }

    /** Ends every exchange that still runs. */
    @Override
    public void close() {
        transport.close();
        trusting.asMap().values().forEach(ServerTransport::close);
    }

    private record Initialized(McpOutcome outcome, Optional<String> sessionId) {}

    private Initialized initialize(
            McpTarget target, InitializeParams params, String id, Consumer<String> onNotification)
            throws InterruptedException {
        McpRequests.Request request;
        try {
            request = McpRequests.base(target).post(JsonRpcText.request(id, McpMethod.INITIALIZE, params.json()));
        } catch (IllegalArgumentException e) {
            return new Initialized(McpRequests.invalidHeader(), Optional.empty());
        }
        HttpLimits limits = target.limits();
        ReplyReader reader = new ReplyReader(limits, ignoringRequests(onNotification));
        return exchange(target)
                .run(
                        request,
                        limits.header(),
                        limits.exchange(),
                        response -> {
                            Optional<McpOutcome.Failure> refusal = ReplyReader.refusal(response, false);
                            McpOutcome outcome = refusal.isPresent() ? refusal.get() : reader.reply(response, id);
                            return new Initialized(outcome, sessionId(response));
                        },
                        failure -> new Initialized(failure, Optional.empty()));
    }

    private static Optional<String> sessionId(IncomingResponse response) {
        return response.first(McpHeaders.SESSION_ID).filter(id -> !id.isEmpty());
    }

    /** A server cannot be answered before its response to initialize: the session does not exist yet. */
    private static ReplyReader.ServerMessages ignoringRequests(Consumer<String> onNotification) {
        return new ReplyReader.ServerMessages() {
            @Override
            public void notified(String method) {
                onNotification.accept(method);
            }

            @Override
            public void asked(RpcMessage.ServerRequest request) {}
        };
    }

    private static McpOutcome.Failure failure(McpOutcome outcome) {
        return switch (outcome) {
            case McpOutcome.Failure failure -> failure;
            case McpOutcome.Answer _ -> throw new IllegalStateException("an answer is no failure");
        };
    }

    private static String message(Exception e) {
        return e.getMessage() == null ? "initialize failed" : e.getMessage();
    }
}
