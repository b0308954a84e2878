package io.mcpgateway.broker.extproc;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpHeaders;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.authorization.trusted.AuthorizationSettings;
import io.mcpgateway.broker.authorization.trusted.TrustedHeaders;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.RoutesServed;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.dispatch.LimitedDispatcher;
import io.mcpgateway.broker.dispatch.MeasuredDispatcher;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.dispatch.SessionDoubts;
import io.mcpgateway.broker.dispatch.SnapshotDispatcher;
import io.mcpgateway.broker.dispatch.UsedTokens;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.extproc.wire.EncodedReply;
import io.mcpgateway.broker.extproc.wire.EnvoyMessage;
import io.mcpgateway.broker.extproc.wire.ProcessMethod;
import io.mcpgateway.broker.limits.CallLimits;
import io.mcpgateway.broker.limits.CallsUnderWay;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.router.Router;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import io.mcpgateway.broker.session.remembered.RememberedSessions;
import io.mcpgateway.broker.snapshot.RoutedSnapshot;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The router as the broker wires it, between the bytes that gRPC hands over and those that it gets back, on one thread:
 * what a decision costs here is its cost without gRPC and the network.
 */
public final class RouterBench {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String LEGACY = "2025-11-25";
    private static final String MODERN = "2026-07-28";
    private static final String ARGUMENTS = "\"arguments\":{\"text\":\"hello\",\"count\":12345678901234567890}}}";
    /** As Keycloak makes them: 900 characters. */
    private static final String BEARER =
            "Bearer " + base64("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"key-1\"}") + "."
                    + base64("{\"exp\":1796083200,\"iat\":1796079600,\"jti\":\"4f1c8d2e-7f7a-4b52-a8f0-1d2c3b4a5f6e\","
                            + "\"iss\":\"https://keycloak.example.com/realms/mcp\",\"aud\":\"account\","
                            + "\"sub\":\"0f6b9a2e-93f1-4c8a-8b0e-5d2c7a1e4f3b\",\"typ\":\"Bearer\",\"azp\":\"mcp-client\","
                            + "\"realm_access\":{\"roles\":[\"default-roles-mcp\",\"offline_access\"]},\"scope\":\"openid"
                            + " profile email\",\"preferred_username\":\"alice\"}")
                    + "." + "A".repeat(342);

    private final SessionTokens tokens = SessionTokens.withKey(KEY).remembering(new RememberedSessions());
    private final InMemorySessionStore store = new InMemorySessionStore(100, CLOCK);
    private final ServerRoute legacyServer = server("one", ServerEras.legacy(LEGACY, true));
    private final ServerMethodDefinition<EnvoyMessage, EncodedReply> method;

    /** A reply as gRPC would write it. */
    private final List<EncodedReply> replies = new ArrayList<>(4);

    /** Of a legacy tools/call in a session that has called before; anonymous, or with a token. */
    public List<byte[]> legacyCall(boolean authenticated) {
        CallerBinding caller = authenticated ? CallerBinding.of(List.of(BEARER)) : CallerBinding.ANONYMOUS;
        return legacy(session(caller), "one_greet", authenticated);
    }

    /** Of a call of a tool that nobody has. */
    public List<byte[]> unknownTool() {
        return legacy(session(CallerBinding.ANONYMOUS), "nobody", false);
    }

    /** Of a call whose session ID somebody has made up. */
    public List<byte[]> forgedSession() {
        String token = session(CallerBinding.ANONYMOUS);
        return legacy(token.substring(0, token.length() - 4) + "AAAA", "one_greet", false);
    }

    private static List<byte[]> legacy(String token, String tool, boolean authenticated) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("mcp-session-id", token);
        headers.put("mcp-protocol-version", LEGACY);
        if (authenticated) {
            headers.put("authorization", BEARER);
        }
        return messages(
                headers,
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\","
                        + ARGUMENTS);
    }

    /** Of a tools/call of MCP 2026-07-28. */
    public List<byte[]> modernCall(boolean authenticated) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("mcp-protocol-version", MODERN);
        headers.put("mcp-method", "tools/call");
        headers.put("mcp-name", "two_greet");
        if (authenticated) {
            headers.put("authorization", BEARER);
        }
        return messages(
                headers,
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"_meta\":{"
                        + "\"io.modelcontextprotocol/protocolVersion\":\"" + MODERN + "\","
                        + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"bench\",\"version\":\"1\"},"
                        + "\"io.modelcontextprotocol/clientCapabilities\":{}},\"name\":\"two_greet\"," + ARGUMENTS);
    }

    /** Of the first message of a session, which the broker answers. */
    public List<byte[]> initialize() {
        return messages(
                Map.of(),
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"" + LEGACY
                        + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}}");
    }

    /** Of a tools/list, which the broker answers. */
    public List<byte[]> list() {
        return messages(
                Map.of("mcp-session-id", session(CallerBinding.ANONYMOUS), "mcp-protocol-version", LEGACY),
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}");
    }

    @SuppressWarnings("unchecked") // The service has one method.
    public RouterBench() {
        ServerRoute modernServer = server("two", ServerEras.modern(MODERN));
        RouteTable table = RouteTable.of(
                RoutesServed.of(Map.of(
                        CapabilityKind.TOOL,
                        Map.of("one_greet", route(legacyServer), "two_greet", route(modernServer)))),
                List.of(legacyServer, modernServer),
                List.of());
        SnapshotCell snapshots = new SnapshotCell();
        snapshots.update(_ -> RoutedSnapshot.of(table));
        method = (ServerMethodDefinition<EnvoyMessage, EncodedReply>)
                new ExtProcService(dispatcher(snapshots), 1 << 22, 10, Runnable::run, _ -> {})
                        .bindService()
                        .getMethods()
                        .iterator()
                        .next();
    }

    private RequestDispatcher dispatcher(SnapshotCell snapshots) {
        GatewayMetrics metrics = new GatewayMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        SnapshotDispatcher decides = new SnapshotDispatcher(new SnapshotDispatcher.Parts(
                snapshots,
                new Router("mcp.example.com", 1 << 22, ServerRequestIds.withKey(KEY)),
                tokens,
                RouterTokens.withKey(KEY),
                new UsedTokens(2),
                new TrustedHeaders(AuthorizationSettings.NONE),
                store,
                _ -> {
                    throw new IllegalStateException("every session is there");
                },
                new SessionDoubts(100),
                metrics,
                RequestStates.withKey(KEY),
                CLOCK));
        return new LimitedDispatcher(
                new MeasuredDispatcher(decides, metrics),
                new CallsUnderWay(new CallLimits(100, 100)),
                LimitedDispatcher.Span.DECISION,
                metrics);
    }

    private static CapabilityRoute route(ServerRoute server) {
        return new CapabilityRoute(CapabilityKind.TOOL, server, "greet", ToolHints.UNSPECIFIED);
    }

    private static ServerRoute server(String name, ServerEras eras) {
        URI url = URI.create("http://" + name + ".ns.svc:9090/mcp");
        return new ServerRoute(
                new ServerName("ns/" + name),
                name + ".mcp.local",
                "/mcp",
                url,
                new CallAuthorization.None(),
                Optional.empty(),
                AnonymousSessions.PER_CALL,
                eras,
                ServerKey.of("ns/" + name, url));
    }

    /** The token of one that has called the legacy server before. */
    private String session(CallerBinding caller) {
        GatewaySession session = new GatewaySession(
                new GatewaySessionId("7b0f4ac2-1f0d-4d27-9c62-8d9f4b0e1d2c"),
                CLOCK.instant().plus(Duration.ofHours(1)),
                caller,
                Optional.empty(),
                LEGACY,
                ClientFeatures.NONE);
        store.put(
                session,
                legacyServer.key(),
                new ServerSession(Optional.of("0a9f4b5c-1f0d-4d27-9c62-8d9f4b0e1d2c"), LEGACY));
        Instant now = CLOCK.instant();
        return tokens.issue(session, now);
    }

    /** One request from its messages to the replies, which stay until the next one. */
    public List<EncodedReply> run(List<byte[]> messages) {
        replies.clear();
        ServerCall.Listener<EnvoyMessage> stream = method.getServerCallHandler().startCall(new Call(), new Metadata());
        for (byte[] message : messages) {
            stream.onMessage(ProcessMethod.descriptor().parseRequest(new Received(message)));
        }
        stream.onCancel(); // as Envoy ends nearly all of them
        return replies;
    }

    private final class Call extends ServerCall<EnvoyMessage, EncodedReply> {
        @Override
        public void request(int count) {}

        @Override
        public void sendHeaders(Metadata headers) {}

        @Override
        public void sendMessage(EncodedReply reply) {
            replies.add(reply);
        }

        @Override
        public void close(Status status, Metadata trailers) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public MethodDescriptor<EnvoyMessage, EncodedReply> getMethodDescriptor() {
            return ProcessMethod.descriptor();
        }
    }

    /** gRPC knows how long a message is. */
    private static final class Received extends ByteArrayInputStream implements KnownLength {
        Received(byte[] bytes) {
            super(bytes);
        }
    }

    /** With the headers that a client of the Python SDK sends through Envoy, besides these. */
    private static List<byte[]> messages(Map<String, String> more, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(":authority", "localhost:8001");
        headers.put(":path", "/mcp");
        headers.put(":method", "POST");
        headers.put(":scheme", "http");
        headers.put("content-type", "application/json");
        headers.put("accept", "application/json, text/event-stream");
        headers.put("accept-encoding", "gzip, deflate");
        headers.put("content-length", Integer.toString(body.length()));
        headers.put("user-agent", "python-httpx/0.28.1");
        headers.put("x-forwarded-proto", "http");
        headers.put("x-request-id", "7b0f4ac2-1f0d-4d27-9c62-8d9f4b0e1d2c");
        headers.putAll(more);
        HeaderMap.Builder map = HeaderMap.newBuilder();
        headers.forEach((name, value) ->
                map.addHeaders(HeaderValue.newBuilder().setKey(name).setRawValue(ByteString.copyFromUtf8(value))));
        return List.of(
                ProcessingRequest.newBuilder()
                        .setProtocolConfig(EnvoyMessages.streamed())
                        .setRequestHeaders(HttpHeaders.newBuilder().setHeaders(map))
                        .build()
                        .toByteArray(),
                ProcessingRequest.newBuilder()
                        .setRequestBody(HttpBody.newBuilder()
                                .setBody(ByteString.copyFromUtf8(body))
                                .setEndOfStream(true))
                        .build()
                        .toByteArray());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
