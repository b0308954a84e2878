package io.mcpgateway.broker.client;

import io.mcpgateway.broker.network.AddressRule;
import io.mcpgateway.broker.network.NameGuard;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Runs one HTTP exchange with a bound on every part of it. The JDK's request timeout ends with the headers, so the
 * exchange runs on its own virtual thread, which is interrupted when the total time is up.
 */
final class BoundedExchange {
    private final HttpClient http;
    private final AddressRule addresses;
    private final Addressing addressing;

    /** Whether requests go out with the host of their url or with an address that its name leads to now. */
    enum Addressing {
        BY_NAME,
        /** For a client whose TLS uses another name: Java would put the URL's own name first. */
        BY_ADDRESS
    }

    BoundedExchange(HttpClient http, AddressRule addresses, Addressing addressing) {
        this.http = http;
        this.addresses = addresses;
        this.addressing = addressing;
    }

    /** Reads an answer whose headers are there; the stream is closed by the caller of this. */
    @FunctionalInterface
    interface Reader<T> {
        T read(HttpResponse<InputStream> response) throws IOException, InterruptedException;
    }

    /**
     * The reader's value, or {@code failed} of what prevented it.
     *
     * @param whole from now until the reader must be done
     */
    <T> T run(
            HttpRequest request,
            Duration header,
            Duration whole,
            Reader<T> reader,
            Function<McpOutcome.Failure, T> failed)
            throws InterruptedException {
        Optional<String> refusal = addresses.refusal(request.uri());
        if (refusal.isPresent()) {
            return failed.apply(new McpOutcome.Unreachable(refusal.get()));
        }
        FutureTask<T> exchange = new FutureTask<>(() -> attempt(request, header, reader, failed));
        Thread.ofVirtual().name("mcp-exchange").start(exchange);
        try {
            return exchange.get(whole.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return failed.apply(new McpOutcome.Timeout("timed out: no complete response within " + text(whole)));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            return failed.apply(TransportFailures.of(e, request.uri()));
        }
    }

    private <T> T attempt(
            HttpRequest request, Duration header, Reader<T> reader, Function<McpOutcome.Failure, T> failed)
            throws InterruptedException {
        HttpResponse<InputStream> response;
        try {
            response = headers(addressing == Addressing.BY_NAME ? request : byAddress(request), header);
        } catch (UnknownHostException e) {
            return failed.apply(TransportFailures.of(e, request.uri()));
        } catch (TimeoutException e) {
            return failed.apply(new McpOutcome.Timeout("timed out: no response within " + text(header)));
        } catch (ExecutionException e) {
            return failed.apply(TransportFailures.of(e.getCause() == null ? e : e.getCause(), request.uri()));
        }
        InputStream body = response.body();
        try (body) {
            return reader.read(response);
        } catch (IOException e) {
            return failed.apply(new McpOutcome.Unreachable("connection broke while the response was read"));
        }
    }

    /** What the name leads to has passed {@link NameGuard}, as in any connection. */
    private static HttpRequest byAddress(HttpRequest request) throws UnknownHostException {
        URI url = request.uri();
        InetAddress address = InetAddress.getAllByName(url.getHost())[0];
        String host = address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return HttpRequest.newBuilder(request, (_, _) -> true)
                .uri(URI.create(url.getScheme() + "://" + host + port + url.getRawPath() + query))
                .build();
    }

    /** All that we send may be sent twice, so a kept-alive connection that turns out dead is tried once more. */
    private HttpResponse<InputStream> headers(HttpRequest request, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return awaitHeaders(request, limit);
        } catch (ExecutionException e) {
            if (e.getCause() != null && TransportFailures.brokenConnection(e.getCause())) {
                return awaitHeaders(request, limit);
            }
            throw e;
        }
    }

    private HttpResponse<InputStream> awaitHeaders(HttpRequest request, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<HttpResponse<InputStream>> pending = http.sendAsync(request, BodyHandlers.ofInputStream());
        try {
            return pending.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException | TimeoutException e) {
            pending.cancel(true);
            throw e;
        }
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
