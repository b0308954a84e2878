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
import io.mcpgateway.broker.transport.IncomingResponse;
import io.mcpgateway.broker.transport.OutgoingCall;
import io.mcpgateway.broker.transport.ServerTransport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a client's request on to the replica that its call waits in, as the router sent it, and the answer back as it
 * comes. Addresses only come out of states that a replica sealed.
 */
final class OtherReplicas implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OtherReplicas.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    /** To one replica. Each of them is a request of a client. */
    private static final int MAX_CONNECTIONS = 50_000;

    private static final int CHUNK = 8 * 1024;
    private static final int MAX_JSON = 16 * 1024 * 1024;
    /** Made anew for the next connection. */
    private static final Set<String> OWN =
            Set.of(StandardHeaders.HOST, StandardHeaders.CONTENT_LENGTH, "expect", StandardHeaders.ACCEPT_ENCODING);

    private static final List<String> PASSED_BACK = List.of(
            StandardHeaders.CONTENT_TYPE, "cache-control", "x-accel-buffering", StandardHeaders.WWW_AUTHENTICATE);

    private final ServerTransport http = new ServerTransport(CONNECT_TIMEOUT, MAX_CONNECTIONS);

    /** Whether the request came from another replica, which did not have its call. */
    static boolean isForwarded(RequestHeaders headers) {
        return headers.has(GatewayHeaders.FORWARDED);
    }

    /** Passes the request on; false if the other replica did not begin to answer, so the exchange has no answer. */
    boolean forward(HttpExchange exchange, RawJson body, Address to) throws IOException, InterruptedException {
        OutgoingCall call = http.call(
                "POST",
                URI.create("http://" + to + exchange.path()),
                headers(exchange.headers()),
                Optional.of(body.bytes()));
        AtomicBoolean left = new AtomicBoolean();
        exchange.whenClientLeaves(() -> {
            left.set(true);
            call.cancel();
        });
        IncomingResponse response;
        try {
            response = call.send();
        } catch (IOException unreachable) {
            if (left.get()) {
                throw new IOException("the client has disconnected", unreachable);
            }
            log.info("the replica that a call waits in cannot be reached: {}", unreachable.getMessage());
            return false;
        }
        try (response) {
            passBack(exchange, response);
        }
        return true;
    }

    private static Map<String, List<String>> headers(RequestHeaders incoming) {
        Map<String, List<String>> headers = new HashMap<>();
        Set<String> hopByHop = HopByHop.named(incoming.all(StandardHeaders.CONNECTION));
        for (String name : incoming.names()) {
            if (!OWN.contains(name) && !HopByHop.isAlways(name) && !hopByHop.contains(name)) {
                headers.put(name, incoming.all(name));
            }
        }
        headers.put(GatewayHeaders.FORWARDED, List.of("1"));
        return headers;
    }

    private static void passBack(HttpExchange exchange, IncomingResponse response) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : PASSED_BACK) {
            List<String> values = response.all(name);
            if (!values.isEmpty()) {
                headers.put(name, values);
            }
        }
        boolean streams = headers.getOrDefault(StandardHeaders.CONTENT_TYPE, List.of()).stream()
                .anyMatch(type -> type.startsWith(MediaTypes.EVENT_STREAM));
        InputStream answer = response.body();
        if (!streams) {
            exchange.answer(new HttpAnswer(response.status(), headers, RawJson.owning(answer.readNBytes(MAX_JSON))));
            return;
        }
        OutputStream out = exchange.stream(response.status(), headers);
        byte[] chunk = new byte[CHUNK];
        for (int read = answer.read(chunk); read >= 0; read = answer.read(chunk)) {
            out.write(chunk, 0, read);
            out.flush();
        }
        out.close();
    }

    @Override
    public void close() {
        http.close();
    }
}
