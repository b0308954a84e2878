package io.mcpgateway.broker.transport;

import io.mcpgateway.api.contract.ServerConnections;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP/1.1 with kept connections, and nothing else: no redirects, cookies, passwords, compression, or repeated
 * requests, but for {@link OutgoingCall#send}. Made for virtual threads: a call blocks its thread, and there is no
 * other. See docs/adr/055.
 */
public final class ServerTransport implements AutoCloseable {
    /** The same as for clients of the built-in gateway. */
    private static final int MAX_LINE = 64 * 1024;

    private static final int MAX_HEADERS = 1000;
    private static final int BUFFER = 4 * 1024;

    private final CloseableHttpClient http;
    private final PoolingHttpClientConnectionManager connections;
    private final ScheduledThreadPoolExecutor timer;
    private volatile boolean retired;

    /**
     * Trusts the JVM's CAs.
     *
     * @param maxConnections to one server at once; a call beyond them waits for one as long as for a new one
     */
    public ServerTransport(Duration connectTimeout, int maxConnections) {
        this(connectTimeout, maxConnections, trustOfTheJvm(), Optional.empty());
    }

    /**
     * Trusts somebody else.
     *
     * @param maxConnections as above
     * @param certificateName what TLS asks for and checks the certificate for, if it is not the host of the url
     */
    public ServerTransport(
            Duration connectTimeout, int maxConnections, SSLContext trust, Optional<String> certificateName) {
        connections = connections(connectTimeout, maxConnections, new AskedName(trust, certificateName));
        http = HttpClients.custom()
                .setConnectionManager(connections)
                .setRequestExecutor(CallContext.executor())
                .setConnectionReuseStrategy((request, response, context) ->
                        !retired && DefaultClientConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context))
                .setRoutePlanner(new SystemDefaultRoutePlanner(ProxySelector.getDefault()))
                .setKeepAliveStrategy(ServerTransport::idleTime)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .setConnectionRequestTimeout(Timeout.of(connectTimeout))
                        .build())
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableConnectionState()
                .disableContentCompression()
                .disableCookieManagement()
                .disableDefaultUserAgent()
                .disableRedirectHandling()
                .build();
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("server-connections").factory());
        var _ = timer.scheduleWithFixedDelay(this::tidy, 1, 1, TimeUnit.SECONDS);
    }

    /** A call that is not sent yet. The headers hold neither {@code Host} nor any of the connection. */
    public OutgoingCall call(String method, URI uri, Map<String, List<String>> headers, Optional<byte[]> body) {
        return new OutgoingCall(http, method, uri, headers, body);
    }

    /**
     * Keeps no connection from now on, and closes those it has kept within a second. Calls in progress go on, and
     * whoever still has this transport may make new ones; there is nothing to close once they are over.
     */
    public void retire() {
        retired = true;
    }

    private void tidy() {
        if (!retired) {
            connections.closeExpired();
            return;
        }
        // Calls that began before may still give connections back; those that begin from now on do not.
        boolean last = connections.getTotalStats().getLeased() == 0;
        connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
        if (last) {
            timer.shutdown();
        }
    }

    /** Ends every call in progress. */
    @Override
    public void close() {
        timer.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }

    private static PoolingHttpClientConnectionManager connections(
            Duration connectTimeout, int maxConnections, TlsSocketStrategy tls) {
        Http1Config config = Http1Config.custom()
                .setBufferSize(BUFFER)
                .setMaxLineLength(MAX_LINE)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        KeepingServers servers = new KeepingServers();
        AtomicLong number = new AtomicLong();
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager(
                new DefaultHttpClientConnectionOperator(
                        _ -> SocketChannel.open().socket(),
                        null,
                        null,
                        RegistryBuilder.<TlsSocketStrategy>create()
                                .register(URIScheme.HTTPS.id, tls)
                                .build()),
                PoolConcurrencyPolicy.LAX,
                PoolReusePolicy.LIFO,
                TimeValue.NEG_ONE_MILLISECOND,
                _ -> new ServerConnection("server-" + number.incrementAndGet(), config, servers));
        connections.setMaxTotal(maxConnections);
        connections.setDefaultMaxPerRoute(maxConnections);
        connections.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(connectTimeout))
                .setSocketTimeout(Timeout.DISABLED)
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .build());
        return connections;
    }

    private static SSLContext trustOfTheJvm() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    /** Shorter than servers keep them, and than this server says. */
    private static TimeValue idleTime(HttpResponse response, HttpContext context) {
        TimeValue said = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
        long most = ServerConnections.IDLE_TIMEOUT.toMillis();
        long saidMillis = said == null ? 0 : said.toMilliseconds();
        // Without a word of the server this is the library's default of minutes.
        return TimeValue.ofMilliseconds(saidMillis <= 0 ? most : Math.min(most, Math.max(1, saidMillis - 1000)));
    }
}
