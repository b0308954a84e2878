package io.mcpgateway.controller.doctor.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.api.wire.McpRevisions;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.controller.doctor.access.PlainHttp;
import io.mcpgateway.controller.doctor.facts.CallReport;
import io.mcpgateway.controller.doctor.facts.TracedCall;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes one call of a tool as a client does, in a session of its own, and measures each request. */
final class TracedCaller {
    private static final String REQUEST_ID = "x-request-id";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final URI address;
    private final Map<String, String> always;
    private final CallReading.Call call;
    private final List<TracedCall.Timed> steps = new ArrayList<>();

    /**
     * A caller of one address.
     *
     * @param host for the header Host, if it is not the address's
     */
    TracedCaller(HttpClient client, URI address, Optional<String> host, CallReading.Call call) {
        this.client = client;
        this.address = address;
        this.call = call;
        Map<String, String> headers = new LinkedHashMap<>();
        host.ifPresent(name -> headers.put("Host", name));
        headers.put("Content-Type", MediaTypes.JSON);
        headers.put("Accept", MediaTypes.JSON_OR_EVENT_STREAM);
        headers.put(REQUEST_ID, call.requestId());
        call.virtualServer().ifPresent(name -> headers.put(GatewayHeaders.VIRTUAL_SERVER, name));
        call.token().ifPresent(token -> headers.put("Authorization", "Bearer " + token));
        this.always = headers;
    }

    /** The call, or how far it got. */
    TracedCall call(String url, boolean tunnelled, Optional<TracedCall.Connection> connection)
            throws InterruptedException {
        String version = call.protocolVersion().orElse(McpRevisions.LEGACY.getLast());
        if (McpRevisions.MODERN.contains(version)) {
            modern(version);
        } else {
            version = legacy(version);
        }
        return new TracedCall(url, call.tool(), call.requestId(), call.rpcId(), version, tunnelled, connection, steps);
    }

    /** The revision that was agreed on. */
    private String legacy(String wanted) throws InterruptedException {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        params.put("protocolVersion", wanted).putObject("capabilities");
        params.putObject("clientInfo").put("name", "mcp-gateway-trace").put("version", "1");
        CallReport.Step opened = send(
                        CallReport.INITIALIZE, request("initialize", CallReport.INITIALIZE, params), Map.of())
                .step();
        if (call.protocolVersion().isEmpty()
                && opened.body().contains(String.valueOf(JsonRpcCodes.UNSUPPORTED_REVISION))) {
            steps.clear();
            String modern = McpRevisions.MODERN.getLast();
            modern(modern);
            return modern;
        }
        String session = opened.headers().get(McpHeaders.SESSION_ID);
        String agreed = agreed(opened.body()).orElse(wanted);
        if (opened.status() == 200 && session != null) {
            Map<String, String> headers = Map.of(McpHeaders.SESSION_ID, session, McpHeaders.PROTOCOL_VERSION, agreed);
            exchange("initialized", HttpRequest.BodyPublishers.ofString("""
                    {"jsonrpc":"2.0","method":"notifications/initialized"}"""), "POST", headers);
            send(TracedCall.CALL, request(call.rpcId(), TracedCall.CALL, call.params()), headers);
            exchange("end", HttpRequest.BodyPublishers.noBody(), "DELETE", headers);
        }
        return agreed;
    }

    private void modern(String version) throws InterruptedException {
        ObjectNode params = call.params();
        params.putObject(McpMeta.MEMBER).put(McpMeta.PROTOCOL_VERSION, version).putObject(McpMeta.CLIENT_CAPABILITIES);
        send(
                TracedCall.CALL,
                request(call.rpcId(), TracedCall.CALL, params),
                Map.of(
                        McpHeaders.PROTOCOL_VERSION,
                        version,
                        McpHeaders.METHOD,
                        TracedCall.CALL,
                        McpHeaders.NAME,
                        headerText(call.tool())));
    }

    private static String request(String id, String method, ObjectNode params) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("method", method)
                .set("params", params)
                .toString();
    }

    /** MCP 2026-07-28, "Value Encoding": text that is no plain header value is base64 between marks. */
    private static String headerText(String text) {
        boolean plain = text.equals(text.strip())
                && text.chars().allMatch(character -> character >= ' ' && character < 0x7f)
                && !text.startsWith("=?base64?");
        return plain
                ? text
                : "=?base64?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    private static Optional<String> agreed(String body) {
        try {
            JsonNode version = JSON.readTree(body).at("/result/protocolVersion");
            return version.isTextual() ? Optional.of(version.asText()) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private TracedCall.Timed send(String name, String body, Map<String, String> headers) throws InterruptedException {
        TracedCall.Timed timed = exchange(name, HttpRequest.BodyPublishers.ofString(body), "POST", headers);
        steps.add(timed);
        return timed;
    }

    private TracedCall.Timed exchange(
            String name, HttpRequest.BodyPublisher body, String method, Map<String, String> headers)
            throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(call.timeout()).method(method, body);
        always.forEach(request::header);
        headers.forEach(request::header);
        long start = System.nanoTime();
        try {
            HttpResponse<java.io.InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            Duration first = Duration.ofNanos(System.nanoTime() - start);
            String text = ReplyReader.read(
                    response.body(),
                    response.headers().firstValue("content-type").orElse(""),
                    call.timeout().minus(first));
            Map<String, String> answered = new HashMap<>();
            response.headers().map().forEach((header, values) -> answered.put(header, String.join(", ", values)));
            return new TracedCall.Timed(
                    new CallReport.Step(name, response.statusCode(), answered, text, Optional.empty()),
                    first,
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (HttpTimeoutException tooSlow) {
            return failed(name, "no answer within " + call.timeout().toSeconds() + " s", start);
        } catch (IOException problem) {
            return failed(name, PlainHttp.why(problem, address), start);
        }
    }

    private static TracedCall.Timed failed(String name, String why, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new TracedCall.Timed(CallReport.Step.failed(name, Objects.requireNonNull(why)), took, took);
    }
}
