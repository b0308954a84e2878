package io.mcpgateway.controller.doctor.reading;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.api.wire.McpRevisions;
import io.mcpgateway.controller.doctor.access.PlainHttp;
import io.mcpgateway.controller.doctor.facts.CallReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Does what a client does first: looks for the login, initializes, lists tools, pings, and ends its session. */
final class McpCaller {
    private static final String REVISION = "2025-06-18";
    private static final String INITIALIZE = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"%s","capabilities":{},\
        "clientInfo":{"name":"mcp-gateway-doctor","version":"1"}}}\
        """.formatted(REVISION);
    private static final String MODERN = McpRevisions.MODERN.getLast();
    private static final String INITIALIZED = """
        {"jsonrpc":"2.0","method":"notifications/initialized"}\
        """;
    private static final String LIST = """
        {"jsonrpc":"2.0","id":2,"method":"tools/list"}\
        """;
    private static final String PING = """
        {"jsonrpc":"2.0","id":3,"method":"ping"}\
        """;

    private final HttpClient client;
    private final URI address;
    private final Optional<String> host;
    private final Optional<String> token;

    /**
     * A caller of one address.
     *
     * @param address of {@code /mcp}
     * @param host for the header Host, if it is not the address's
     * @param token to be sent with every request
     */
    McpCaller(HttpClient client, URI address, Optional<String> host, Optional<String> token) {
        this.client = client;
        this.address = address;
        this.host = host;
        this.token = token;
    }

    /** All steps, or those up to the first that failed. */
    List<CallReport.Step> call() throws InterruptedException {
        List<CallReport.Step> steps = new ArrayList<>();
        steps.add(send(
                CallReport.METADATA,
                request(address.resolve(BrokerLaunch.PROTECTED_RESOURCE_PATH), Map.of())
                        .GET()));
        CallReport.Step initialize = initialize();
        if (initialize.body().contains(String.valueOf(JsonRpcCodes.UNSUPPORTED_REVISION))) {
            steps.add(modern(CallReport.DISCOVER));
            steps.add(modern(CallReport.LIST));
            return List.copyOf(steps);
        }
        steps.add(initialize);
        String session = initialize.headers().get(McpHeaders.SESSION_ID);
        if (initialize.status() != 200 || session == null) {
            return List.copyOf(steps);
        }
        Map<String, String> headers = Map.of(McpHeaders.SESSION_ID, session, McpHeaders.PROTOCOL_VERSION, REVISION);
        post("notifications/initialized", INITIALIZED, headers);
        steps.add(post(CallReport.LIST, LIST, headers));
        steps.add(post(CallReport.PING, PING, headers));
        send("DELETE", request(address, headers).DELETE());
        return List.copyOf(steps);
    }

    /** For a gateway that only speaks revisions without initialize. */
    private CallReport.Step modern(String method) throws InterruptedException {
        return post(
                method,
                """
                {"jsonrpc":"2.0","id":1,"method":"%s","params":{"_meta":{"%s":"%s","%s":{}}}}\
                """.formatted(method, McpMeta.PROTOCOL_VERSION, MODERN, McpMeta.CLIENT_CAPABILITIES),
                Map.of(McpHeaders.PROTOCOL_VERSION, MODERN, McpHeaders.METHOD, method));
    }

    /** Only the first request. */
    CallReport.Step initialize() throws InterruptedException {
        return post(CallReport.INITIALIZE, INITIALIZE, Map.of());
    }

    private CallReport.Step post(String name, String body, Map<String, String> headers) throws InterruptedException {
        return send(
                name,
                request(address, headers)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(URI target, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target).timeout(PlainHttp.TIMEOUT);
        host.ifPresent(name -> request.header("Host", name));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        headers.forEach(request::header);
        return request;
    }

    private CallReport.Step send(String name, HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Map<String, String> headers = new HashMap<>();
            response.headers().map().forEach((header, values) -> headers.put(header, String.join(", ", values)));
            return new CallReport.Step(
                    name, response.statusCode(), headers, message(response.body()), Optional.empty());
        } catch (HttpTimeoutException tooSlow) {
            return CallReport.Step.failed(name, "no answer within %d s".formatted(PlainHttp.TIMEOUT.toSeconds()));
        } catch (IOException problem) {
            return CallReport.Step.failed(name, PlainHttp.why(problem, address));
        }
    }

    /** The message of a body; of an event stream, that of its events with data. */
    private static String message(String body) {
        return body.stripLeading().startsWith("{")
                ? body
                : body.lines()
                        .filter(line -> line.startsWith("data:"))
                        .map(line -> line.substring("data:".length()).strip())
                        .filter(line -> !line.isEmpty())
                        .reduce((_, last) -> last)
                        .orElse(body.lines().collect(Collectors.joining(" ")));
    }
}
