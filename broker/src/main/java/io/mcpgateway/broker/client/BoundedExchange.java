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
public final class BoundedExchange {
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
    public interface Reader<T> {
        T read(HttpResponse<InputStream> response) throws IOException, InterruptedException;
    }

    /**
     * The reader's value, or {@code failed} of what prevented it. The request may be sent twice.
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
        return run(() -> twice(request, header), request.uri(), whole, reader, failed);
    }

    /** The same for a request that must not be sent twice. */
    <T> T once(
            HttpRequest request,
            Duration header,
            Duration whole,
            Reader<T> reader,
            Function<McpOutcome.Failure, T> failed)
            throws InterruptedException {
        return run(() -> awaitHeaders(addressed(request), header), request.uri(), whole, reader, failed);
    }

    /** Gets a response with its headers. */
    @FunctionalInterface
    private interface Opening {
        HttpResponse<InputStream> open()
                throws InterruptedException, ExecutionException, TimeoutException, UnknownHostException;
    }

    private <T> T run(
            Opening opening, URI url, Duration whole, Reader<T> reader, Function<McpOutcome.Failure, T> failed)
            throws InterruptedException {
        Optional<String> refusal = addresses.refusal(url);
        if (refusal.isPresent()) {
            return failed.apply(new McpOutcome.Unreachable(refusal.get()));
        }
        FutureTask<T> exchange = new FutureTask<>(() -> attempt(opening, url, reader, failed));
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
            return failed.apply(TransportFailures.of(e, url));
        }
    }

    private static <T> T attempt(Opening opening, URI url, Reader<T> reader, Function<McpOutcome.Failure, T> failed)
            throws InterruptedException {
        HttpResponse<InputStream> response;
        try {
            response = opening.open();
        } catch (UnknownHostException e) {
            return failed.apply(TransportFailures.of(e, url));
        } catch (TimeoutException e) {
            return failed.apply(new McpOutcome.Timeout("timed out: " + e.getMessage()));
        } catch (ExecutionException e) {
            return failed.apply(TransportFailures.of(e.getCause() == null ? e : e.getCause(), url));
        }
        InputStream body = response.body();
        try (body) {
            return reader.read(response);
        } catch (IOException e) {
            return failed.apply(new McpOutcome.Unreachable("connection broke while the response was read"));
        }
    }

    private HttpRequest addressed(HttpRequest request) throws UnknownHostException {
        return addressing == Addressing.BY_NAME ? request : byAddress(request);
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

    /** A kept-alive connection that turns out dead is tried once more. */
    private HttpResponse<InputStream> twice(HttpRequest request, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException, UnknownHostException {
        HttpRequest addressed = addressed(request);
        try {
            return awaitHeaders(addressed, limit);
        } catch (ExecutionException e) {
            if (e.getCause() != null && TransportFailures.brokenConnection(e.getCause())) {
                return awaitHeaders(addressed, limit);
            }
            throw e;
        }
    }

    private HttpResponse<InputStream> awaitHeaders(HttpRequest request, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<HttpResponse<InputStream>> pending = http.sendAsync(request, BodyHandlers.ofInputStream());
        try {
            return pending.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            pending.cancel(true);
            throw e;
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new TimeoutException("no response within " + text(limit));
        }
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
