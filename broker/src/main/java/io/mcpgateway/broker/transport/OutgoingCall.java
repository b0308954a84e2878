package io.mcpgateway.broker.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** One request and its response. {@link #cancel} is for any thread, the rest for the one that sends. */
public final class OutgoingCall {
    /** What a server may get twice without harm (RFC 9110, section 9.2.1). */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final CloseableHttpClient http;
    private final HttpUriRequestBase request;
    private final boolean safe;
    private boolean repeatable;
    private volatile boolean cancelled;

    /** There was no connection within its time, or none was free. */
    public static final class NotReachedInTime extends IOException {
        private static final long serialVersionUID = 1L;

        private NotReachedInTime(IOException cause) {
            super("no connection in time", cause);
        }
    }

    OutgoingCall(
            CloseableHttpClient http,
            String method,
            URI uri,
            Map<String, List<String>> headers,
            Optional<byte[]> body) {
        this.http = http;
        this.request = new HttpUriRequestBase(method, uri);
        this.safe = SAFE.contains(method);
        // As it is written; the library would tidy it.
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        request.setPath(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        headers.forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
        body.ifPresent(bytes -> request.setEntity(new ByteArrayEntity(bytes, null)));
    }

    /** Says that the server may get the request twice, whatever its method. */
    public OutgoingCall repeatable() {
        repeatable = true;
        return this;
    }

    /**
     * Sends the request and waits for the headers of the response. If the server closes a kept connection without a
     * word, a request with a safe method is sent a second time. A {@link #repeatable} one is, too, even if the
     * connection was new. Any other is not, because nobody can tell whether it was executed.
     *
     * @throws ConnectException if there could be no connection
     * @throws NotReachedInTime if there was no connection within the time for it
     * @throws InterruptedException if the thread was interrupted; the connection is closed then
     */
    public IncomingResponse send() throws IOException, InterruptedException {
        try {
            return sent();
        } catch (ServerConnection.Unanswered unanswered) {
            if (cancelled || !(repeatable || (safe && unanswered.wasKept()))) {
                throw unanswered;
            }
            return sent();
        }
    }

    private IncomingResponse sent() throws IOException, InterruptedException {
        CallContext context = new CallContext();
        try {
            ClassicHttpResponse response = http.executeOpen(null, request, context);
            return new IncomingResponse(
                    response.getCode(), headers(response), Optional.ofNullable(response.getEntity()), this, context);
        } catch (IOException | IllegalStateException problem) {
            if (Thread.interrupted()) {
                throw interrupted(problem);
            }
            switch (problem) {
                case ConnectTimeoutException late -> throw new NotReachedInTime(late);
                case ConnectionRequestTimeoutException full -> throw new NotReachedInTime(full);
                case ConnectException refused -> throw refused;
                case SocketException unreachable when !context.isCarried() -> throw notConnected(unreachable);
                case IOException failure -> throw failure;
                default -> throw new SocketException("the transport is closed");
            }
        }
    }

    /** Ends the call wherever it is, by closing its connection. */
    public void cancel() {
        cancelled = true;
        request.cancel();
    }

    /** Java has no common class for what prevents a connection: no route, no network, no address of ours. */
    private static ConnectException notConnected(SocketException cause) {
        ConnectException failure = new ConnectException("no connection: " + cause.getMessage());
        failure.initCause(cause);
        return failure;
    }

    private static InterruptedException interrupted(Exception cause) {
        InterruptedException interrupted = new InterruptedException("interrupted while waiting for a server");
        interrupted.initCause(cause);
        return interrupted;
    }

    private static Map<String, List<String>> headers(ClassicHttpResponse response) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
                    .add(header.getValue() == null ? "" : header.getValue());
        }
        return headers;
    }
}
