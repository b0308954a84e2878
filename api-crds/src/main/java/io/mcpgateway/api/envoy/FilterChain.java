package io.mcpgateway.api.envoy;

import static io.mcpgateway.api.envoy.EnvoyTypes.extension;
import static io.mcpgateway.api.envoy.EnvoyTypes.object;
import static io.mcpgateway.api.envoy.EnvoyTypes.typed;
import static io.mcpgateway.api.envoy.Mutations.add;
import static io.mcpgateway.api.envoy.Mutations.mutation;
import static io.mcpgateway.api.envoy.Mutations.overwrite;
import static io.mcpgateway.api.envoy.Mutations.removals;
import static io.mcpgateway.api.envoy.Mutations.remove;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.UpstreamAuthorization;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.api.wire.WatchedAnswers;
import io.mcpgateway.api.wire.WithheldHeaders;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The gateway's HTTP filters in order; Envoy's router filter (and other people's filters) follow. One message exchange
 * with the router per call, and none for most of what the broker answers ({@link BrokerRequests}); needs Envoy 1.36 or
 * newer (measured with 1.36.4 and 1.40.0).
 *
 * <p>Buffer in: the router sees the complete body in one message, and bodies above the connection's buffer limit work.
 * Buffer out: restores content-length, which Envoy drops when a processor streams. The response side runs from the
 * last filter to the first.
 */
public final class FilterChain {
    public static final String INTERNAL_HEADERS = "mcp.internal_headers";
    public static final String BUFFER_IN = "mcp.buffer_in";
    public static final String EXT_PROC = "mcp.ext_proc";
    public static final String BUFFER_OUT = "mcp.buffer_out";
    public static final String BROKER_REQUESTS = "mcp.broker_requests";
    public static final String SERVER_REQUESTS = "mcp.server_requests";
    public static final String WATCH_ANSWERS = "mcp.watch_answers";
    public static final String SESSION_HEADER = "mcp.session_header";
    public static final String AUTHORIZATION = "mcp.authorization";
    public static final String SERVER_HEADERS = "mcp.server_headers";

    /** Dynamic metadata namespace of a routed call. */
    public static final String METADATA_NAMESPACE = "mcp";

    /** Key in {@link #METADATA_NAMESPACE}: the client's session token, put back on the response. */
    public static final String METADATA_SESSION = "session";

    /** Key in {@link #METADATA_NAMESPACE}: the credential that calls to a server share. */
    public static final String METADATA_AUTHORIZATION = "authorization";

    /** Key in {@link #METADATA_NAMESPACE}: milliseconds that the call may take. */
    public static final String METADATA_CALL_TIMEOUT = "call_timeout";

    /** Envoy's router filter reads and removes it, and uses it instead of the route's timeout. */
    private static final String CALL_TIMEOUT = "x-envoy-upstream-rq-timeout-ms";

    /** What the router gets about a response besides its headers: whether Envoy itself sent it, and why. */
    public static final String ANSWER_DETAILS = "response.code_details";

    /**
     * Response headers that tell a browser which page may read the answer, each with its key in
     * {@link #METADATA_NAMESPACE}; absent keys add no header. {@code vary} is added to the server's own.
     */
    public static final Map<String, String> METADATA_CORS = cors();

    private static final List<String> CALL_HEADERS =
            List.of(GatewayHeaders.TOOL_NAME, GatewayHeaders.PROMPT_NAME, GatewayHeaders.RESOURCE_URI);

    private static final String VARY = "vary";

    private FilterChain() {}

    private static Map<String, String> cors() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("access-control-allow-origin", "allow_origin");
        keys.put("access-control-expose-headers", "expose_headers");
        keys.put(VARY, VARY);
        return Collections.unmodifiableMap(keys);
    }

    /** The filters, from first to last. Each tree belongs to the caller. */
    public static List<ObjectNode> filters(FilterChainSettings settings) {
        List<ObjectNode> filters = new ArrayList<>();
        filters.add(internalHeaders(settings));
        filters.addAll(List.of(
                scoped(settings, BUFFER_IN, buffer(settings)),
                // The inner name is the one that people look for in a config dump.
                RequestMatcher.onlyForDecisions(
                        settings.scope(), EXT_PROC, extension("envoy.filters.http.ext_proc", router(settings))),
                scoped(settings, BUFFER_OUT, buffer(settings)),
                BrokerRequests.filter(settings.scope(), BROKER_REQUESTS),
                RequestMatcher.onlyForMessagesTo(
                        GatewayHeaders.CLIENT_FEATURES,
                        GatewayHeaders.SESSION_AFFINITY,
                        SERVER_REQUESTS,
                        extension("mcp.server_requests.ext_proc", serverRequests(settings))),
                watchAnswers(settings),
                extension(SESSION_HEADER, sessionHeader())));
        return List.copyOf(filters);
    }

    /**
     * The filters right before Envoy's router filter. They remove what servers and clients must not get, after
     * policies on the way have seen the caller's request, and before those add their headers to the response. They
     * run for requests that the router sends to a server, but not for a policy's own response. If a request belongs to no
     * session, the answer has no session ID either, whatever the server sends.
     */
    public static List<ObjectNode> lastFilters() {
        List<ObjectNode> request = new ArrayList<>();
        request.add(remove(StandardHeaders.AUTHORIZATION));
        request.add(append(StandardHeaders.AUTHORIZATION, METADATA_AUTHORIZATION));
        List<ObjectNode> routed = new ArrayList<>(removals(Stream.concat(
                WithheldHeaders.FROM_SERVERS.stream(), Stream.of(GatewayHeaders.UPSTREAM_AUTHORIZATION))));
        routed.add(append(CALL_TIMEOUT, METADATA_CALL_TIMEOUT));
        List<ObjectNode> answers = new ArrayList<>(removals(WithheldHeaders.CHALLENGES.stream()));
        answers.add(overwrite(GatewayHeaders.NOT_AS_CALLER, "true"));
        List<ObjectNode> withheld = removals(WithheldHeaders.FROM_CLIENTS.stream());
        List<ObjectNode> withoutSession = new ArrayList<>(withheld);
        withoutSession.add(remove(McpHeaders.SESSION_ID));
        return List.of(
                RequestMatcher.whereHeaderIsNot(
                        GatewayHeaders.UPSTREAM_AUTHORIZATION,
                        UpstreamAuthorization.FORWARD.word(),
                        AUTHORIZATION,
                        extension("mcp.authorization.headers", mutation(request, answers))),
                RequestMatcher.whereHeaderIsPresent(
                        GatewayHeaders.UPSTREAM_AUTHORIZATION,
                        SERVER_HEADERS,
                        new RequestMatcher.Either(
                                GatewayHeaders.SESSION_AFFINITY,
                                extension("mcp.server_headers.headers", mutation(routed, withheld)),
                                extension("mcp.server_headers.sessionless", mutation(routed, withoutSession)))));
    }

    /**
     * On a shared listener it runs before the matchers of the filters that run for every host, which trust these headers.
     * At the gateway's own hosts the router does the same.
     */
    private static ObjectNode internalHeaders(FilterChainSettings settings) {
        List<ObjectNode> answers = removals(GatewayHeaders.ON_ANSWERS.stream());
        return switch (settings.scope()) {
            case Scope.Everything _ -> extension(INTERNAL_HEADERS, mutation(List.of(), answers));
            case Scope.Hosts hosts ->
                RequestMatcher.withoutForged(
                        hosts,
                        INTERNAL_HEADERS,
                        extension(
                                INTERNAL_HEADERS,
                                mutation(
                                        removals(Stream.concat(
                                                GatewayHeaders.OF_THE_ROUTER.stream(),
                                                GatewayHeaders.OF_THE_BROKER.stream())),
                                        answers)),
                        extension("mcp.internal_headers.answers", mutation(List.of(), answers)));
        };
    }

    private static ObjectNode scoped(FilterChainSettings settings, String name, ObjectNode typedConfig) {
        ObjectNode filter = extension(name, typedConfig);
        return switch (settings.scope()) {
            case Scope.Everything _ -> filter;
            case Scope.Hosts hosts -> RequestMatcher.onlyFor(hosts, name, filter);
        };
    }

    /** Every routed message names its server, and a call also its tool, prompt or resource. */
    private static ObjectNode watchAnswers(FilterChainSettings settings) {
        Map<String, String> statuses = new LinkedHashMap<>();
        statuses.put(GatewayHeaders.SERVER_NAME, WatchedAnswers.STATUSES);
        CALL_HEADERS.forEach(header -> statuses.put(header, WatchedAnswers.EMPTY_STATUSES));
        return RequestMatcher.onlyForAnswers(
                statuses, WATCH_ANSWERS, extension("mcp.watch_answers.ext_proc", watcher(settings)));
    }

    private static ObjectNode buffer(FilterChainSettings settings) {
        return typed("envoy.extensions.filters.http.buffer.v3.Buffer")
                .put("max_request_bytes", settings.maxRequestBytes());
    }

    /** Fails closed: without the router's decision nothing is forwarded. */
    private static ObjectNode router(FilterChainSettings settings) {
        ObjectNode processor = processor(settings, false);
        processor.set("processing_mode", processingMode("SEND", "SKIP", "STREAMED"));
        processor.put("send_body_without_waiting_for_header_response", true);
        untyped(processor, "receiving_namespaces");
        return processor.put("stat_prefix", "mcp");
    }

    /**
     * Lets the router change the IDs of servers' requests in event streams, and outside of sessions what servers want
     * back from their clients. Fails closed: the router may hold the
     * start of an event, and a stream without that part would mean something else.
     */
    private static ObjectNode serverRequests(FilterChainSettings settings) {
        ObjectNode processor = processor(settings, false);
        processor.set("processing_mode", processingMode("SKIP", "SEND", "NONE").put("response_body_mode", "STREAMED"));
        untyped(processor, "forwarding_namespaces");
        return processor.put("stat_prefix", "mcp_server_requests");
    }

    /**
     * Shows the router responses with another meaning for the gateway than for the client. Fails open: while the
     * router is down, the client gets the server's response, and the next such response is noticed again.
     */
    private static ObjectNode watcher(FilterChainSettings settings) {
        ObjectNode processor = processor(settings, true);
        processor.set("processing_mode", processingMode("SKIP", "SEND", "NONE"));
        processor.putArray("response_attributes").add(ANSWER_DETAILS);
        untyped(processor, "forwarding_namespaces");
        return processor.put("stat_prefix", "mcp_watch_answers");
    }

    private static ObjectNode processor(FilterChainSettings settings, boolean failureModeAllow) {
        ObjectNode processor = typed("envoy.extensions.filters.http.ext_proc.v3.ExternalProcessor")
                .put("failure_mode_allow", failureModeAllow);
        processor.putObject("mutation_rules").put("allow_all_routing", true);
        processor.put("message_timeout", seconds(settings.messageTimeout()));
        ObjectNode service = processor.putObject("grpc_service");
        service.putObject("envoy_grpc").put("cluster_name", settings.processorCluster());
        service.set("retry_policy", SecondTry.policy());
        return processor;
    }

    private static ObjectNode processingMode(String requestHeaders, String responseHeaders, String requestBody) {
        return object().put("request_header_mode", requestHeaders)
                .put("response_header_mode", responseHeaders)
                .put("request_body_mode", requestBody)
                .put("response_body_mode", "NONE")
                .put("request_trailer_mode", "SKIP")
                .put("response_trailer_mode", "SKIP");
    }

    private static void untyped(ObjectNode processor, String direction) {
        processor
                .putObject("metadata_options")
                .putObject(direction)
                .putArray("untyped")
                .add(METADATA_NAMESPACE);
    }

    /** The session ID and CORS headers. Adds nothing to responses to requests without that metadata. */
    private static ObjectNode sessionHeader() {
        List<ObjectNode> answers = new ArrayList<>();
        answers.add(append(McpHeaders.SESSION_ID, METADATA_SESSION));
        METADATA_CORS.forEach((header, key) -> answers.add(append(header, key)));
        return mutation(List.of(), answers);
    }

    private static ObjectNode append(String header, String metadataKey) {
        String value = "%DYNAMIC_METADATA(" + METADATA_NAMESPACE + ":" + metadataKey + ")%";
        return header.equals(VARY) ? add(header, value) : overwrite(header, value);
    }

    /** The JSON form of a protobuf duration. */
    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis())
                        .movePointLeft(3)
                        .stripTrailingZeros()
                        .toPlainString() + "s";
    }
}
