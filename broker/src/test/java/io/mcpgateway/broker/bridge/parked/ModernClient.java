package io.mcpgateway.broker.bridge.parked;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A client without a session; {@code authorization} is empty for one without a credential. */
public record ModernClient(HttpClient http, URI url, String authorization, String capabilities, AtomicInteger ids)
        implements AutoCloseable {
    public static final String DEPLOY = "\"name\":\"one_deploy\",\"arguments\":{\"n\":1.0}";

    public ModernClient(URI url, String authorization, String capabilities) {
        this(HttpClient.newHttpClient(), url, authorization, capabilities, new AtomicInteger());
    }

    public ModernClient at(URI other) {
        return new ModernClient(http, other, authorization, capabilities, ids);
    }

    public ModernClient as(String other, String declared) {
        return new ModernClient(http, url, other, declared, ids);
    }

    public HttpResponse<String> deploy() throws IOException, InterruptedException {
        return call("tools/call", DEPLOY, "");
    }

    public HttpResponse<String> deploy(String more) throws IOException, InterruptedException {
        return call("tools/call", DEPLOY + "," + more, "");
    }

    /**
     * Calls a method.
     *
     * @param meta further members of {@code _meta}, each with a comma in front
     */
    public HttpResponse<String> call(String method, String params, String meta)
            throws IOException, InterruptedException {
        return http.send(request(method, params, meta), BodyHandlers.ofString());
    }

    public CompletableFuture<HttpResponse<String>> later(String method, String params, String meta) {
        return http.sendAsync(request(method, params, meta), BodyHandlers.ofString());
    }

    public HttpRequest request(String method, String params, String meta) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":\"c-" + ids.incrementAndGet() + "\",\"method\":\"" + method
                + "\",\"params\":{" + params
                + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{" + capabilities + "}" + meta + "}}}";
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(30))
                .setHeader("Content-Type", "application/json")
                .setHeader("Accept", "application/json, text/event-stream")
                .setHeader("MCP-Protocol-Version", "2026-07-28")
                .setHeader("Mcp-Method", method)
                .setHeader("Mcp-Name", "one_deploy")
                .setHeader("traceparent", "00-1-2-01");
        if (!authorization.isEmpty()) {
            request.setHeader("Authorization", authorization);
        }
        return request.POST(BodyPublishers.ofString(body)).build();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
