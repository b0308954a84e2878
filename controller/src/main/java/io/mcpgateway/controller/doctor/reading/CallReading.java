package io.mcpgateway.controller.doctor.reading;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.controller.doctor.access.PlainHttp;
import io.mcpgateway.controller.doctor.facts.TracedCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Calls a tool at an address, as a client there would. */
public final class CallReading {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /**
     * The call to be made.
     *
     * @param tool as clients call it
     * @param arguments a JSON object
     * @param virtualServer for the header
     * @param token of the caller
     * @param protocolVersion that the client is to speak
     * @param timeout of each request
     * @param requestId for the header {@code x-request-id}
     * @param rpcId of the message, not used by anybody else
     */
    public record Call(
            String tool,
            ObjectNode arguments,
            Optional<String> virtualServer,
            Optional<String> token,
            Optional<String> protocolVersion,
            Duration timeout,
            String requestId,
            String rpcId) {
        public Call {
            Objects.requireNonNull(tool, "tool");
            Objects.requireNonNull(arguments, "arguments");
            Objects.requireNonNull(virtualServer, "virtualServer");
            Objects.requireNonNull(token, "token");
            Objects.requireNonNull(protocolVersion, "protocolVersion");
            Objects.requireNonNull(timeout, "timeout");
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(rpcId, "rpcId");
        }

        /** Of the message, to be changed. */
        ObjectNode params() {
            ObjectNode params = JsonNodeFactory.instance.objectNode().put("name", tool);
            params.set("arguments", arguments);
            return params;
        }

        /** Without token and arguments. */
        @Override
        public String toString() {
            return "Call[" + tool + ", " + requestId + "]";
        }
    }

    private CallReading() {}

    /** The call at a URL whose certificate is checked as Java checks it. */
    public static TracedCall of(URI url, Call call) throws InterruptedException {
        Optional<TracedCall.Connection> connection = connection(url);
        try (HttpClient client = PlainHttp.client().build()) {
            return new TracedCaller(client, url, Optional.empty(), call).call(url.toString(), false, connection);
        }
    }

    /** Empty if there is none; why, the call will tell. */
    private static Optional<TracedCall.Connection> connection(URI url) {
        boolean https = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : https ? HTTPS : HTTP;
        int patience = Math.toIntExact(PlainHttp.TIMEOUT.toMillis());
        long start = System.nanoTime();
        try (Socket socket = new Socket()) {
            InetAddress address = InetAddress.getByName(url.getHost());
            long found = System.nanoTime();
            socket.connect(new InetSocketAddress(address, port), patience);
            socket.setSoTimeout(patience);
            long connected = System.nanoTime();
            Optional<Duration> tls = https ? Optional.of(handshake(socket, url.getHost(), port)) : Optional.empty();
            return Optional.of(new TracedCall.Connection(
                    Duration.ofNanos(found - start), Duration.ofNanos(connected - found), tls));
        } catch (IOException | GeneralSecurityException unreachable) {
            return Optional.empty();
        }
    }

    private static Duration handshake(Socket socket, String host, int port)
            throws IOException, GeneralSecurityException {
        // Loading Java's own TLS takes longer than most handshakes.
        SSLContext context = SSLContext.getDefault();
        long start = System.nanoTime();
        try (SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true)) {
            secure.startHandshake();
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }
}
