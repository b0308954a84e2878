package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.http.HopByHop;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.network.Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a client's request on to the replica that its call waits in, as the router sent it, and the answer back as it
 * comes. Addresses only come out of states that a replica sealed.
 */
final class OtherReplicas implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OtherReplicas.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int CHUNK = 8 * 1024;
    private static final int MAX_JSON = 16 * 1024 * 1024;
    /** Made anew for the next connection. */
    private static final Set<String> OWN =
            Set.of(StandardHeaders.HOST, "content-length", "expect", StandardHeaders.ACCEPT_ENCODING);

    private static final List<String> PASSED_BACK = List.of(
            StandardHeaders.CONTENT_TYPE, "cache-control", "x-accel-buffering", StandardHeaders.WWW_AUTHENTICATE);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /** Whether the request came from another replica, which did not have its call. */
    static boolean isForwarded(RequestHeaders headers) {
        return headers.has(GatewayHeaders.FORWARDED);
    }

    /** Passes the request on; false if the other replica did not begin to answer, so the exchange has no answer. */
    boolean forward(HttpExchange exchange, RawJson body, Address to) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> pending =
                http.sendAsync(request(exchange, body, to), BodyHandlers.ofInputStream());
        exchange.whenClientLeaves(() -> leave(pending));
        try {
            HttpResponse<InputStream> response = pending.get();
            try (InputStream answer = response.body()) {
                passBack(exchange, response, answer);
            }
            return true;
        } catch (CancellationException left) {
            throw new IOException("the client has disconnected", left);
        } catch (ExecutionException unreachable) {
            log.info("the replica that a call waits in cannot be reached: {}", unreachable.getMessage());
            return false;
        } finally {
            leave(pending);
        }
    }

    private static void leave(CompletableFuture<HttpResponse<InputStream>> pending) {
        pending.cancel(true);
        if (pending.isDone() && !pending.isCompletedExceptionally()) {
            try {
                pending.join().body().close();
            } catch (IOException closed) {
                log.debug("answer of another replica closed: {}", closed.getMessage());
            }
        }
    }

    private static HttpRequest request(HttpExchange exchange, RawJson body, Address to) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + to + exchange.path()))
                .POST(BodyPublishers.ofByteArray(body.bytes()));
        RequestHeaders headers = exchange.headers();
        Set<String> hopByHop = HopByHop.named(headers.all(StandardHeaders.CONNECTION));
        for (String name : headers.names()) {
            if (!OWN.contains(name) && !HopByHop.isAlways(name) && !hopByHop.contains(name)) {
                headers.all(name).forEach(value -> request.header(name, value));
            }
        }
        return request.header(GatewayHeaders.FORWARDED, "1").build();
    }

    private static void passBack(HttpExchange exchange, HttpResponse<InputStream> response, InputStream answer)
            throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : PASSED_BACK) {
            List<String> values = response.headers().allValues(name);
            if (!values.isEmpty()) {
                headers.put(name, values);
            }
        }
        boolean streams = headers.getOrDefault(StandardHeaders.CONTENT_TYPE, List.of()).stream()
                .anyMatch(type -> type.startsWith(MediaTypes.EVENT_STREAM));
        if (!streams) {
            exchange.answer(
                    new HttpAnswer(response.statusCode(), headers, RawJson.owning(answer.readNBytes(MAX_JSON))));
            return;
        }
        OutputStream out = exchange.stream(response.statusCode(), headers);
        byte[] chunk = new byte[CHUNK];
        for (int read = answer.read(chunk); read >= 0; read = answer.read(chunk)) {
            out.write(chunk, 0, read);
            out.flush();
        }
        out.close();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
