package io.mcpgateway.broker.hairpin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import io.mcpgateway.api.contract.CaCertificates;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.client.SelfSigned;
import io.mcpgateway.broker.dispatch.SessionDoubts;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.router.SessionOutcome;
import io.mcpgateway.broker.router.SessionOutcome.Failed;
import io.mcpgateway.broker.router.SessionOutcome.Ready;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway's listener ends TLS: reached by an inner name, with a certificate for the public one. */
@Timeout(120)
class HairpinTlsTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef0123".getBytes(StandardCharsets.UTF_8);
    private static final String ANSWER = """
        {"jsonrpc":"2.0","id":ID,"result":{"protocolVersion":"2025-11-25","capabilities":{},\
        "serverInfo":{"name":"tls","version":"1"}}}\
        """;

    private static final Pattern ID = Pattern.compile("\"id\":(\"[^\"]*\")");

    @TempDir
    static Path folder = Path.of("");

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final McpHttpClient client = new McpHttpClient();
    private final AtomicReference<Optional<CaCertificates>> authorities = new AtomicReference<>(Optional.empty());
    private final SessionStore store = new InMemorySessionStore(100, InstantSource.system());

    @SuppressWarnings("NullAway.Init") // Each test begins by listening.
    private HttpsServer gateway;

    @AfterEach
    void stop() {
        client.close();
        gateway.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "dns:mcp.example.com, mcp.example.com, mcp.example.com",
        "dns:mcp.example.com, mcp.example.com:8443, mcp.example.com",
        "dns:*.example.com, mcp.example.com, mcp.example.com",
        "dns:localhost, localhost, localhost",
        "dns:localhost, 192.0.2.1, localhost",
        "dns:localhost, 192.0.2.1:443, localhost",
    })
    void theListenerIsAskedForThePublicHost(String names, String publicHost, String name) throws Exception {
        SelfSigned certificate = listen(names);
        authorities.set(Optional.of(certificate.authority()));

        assertThat(obtain(publicHost)).isInstanceOf(Ready.class);
        assertThat(asked).isNotEmpty().allMatch(name::equals);
    }

    /** The configuration brings it, and it counts from the next session on. */
    @Test
    void anAuthorityIsTrustedAsSoonAsItIsConfigured() throws Exception {
        SelfSigned certificate = listen("dns:mcp.example.com");

        assertThat(obtain("mcp.example.com")).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.status()).isEqualTo(502);
            assertThat(failed.message()).contains("ns/one").doesNotContain("localhost", "mcp.example.com");
        });
        authorities.set(Optional.of(certificate.authority()));
        assertThat(obtain("mcp.example.com")).isInstanceOf(Ready.class);
    }

    @Test
    void aCertificateForTheInnerNameOnlyIsRefused() throws Exception {
        authorities.set(Optional.of(listen("dns:localhost").authority()));

        assertThat(obtain("mcp.example.com")).isInstanceOf(Failed.class);
        assertThat(asked).isEmpty();
    }

    private SessionOutcome obtain(String publicHost) {
        ServerAccess access = new ServerAccess(
                client,
                HairpinSettings.of(
                        URI.create("https://localhost:" + gateway.getAddress().getPort()), publicHost),
                RouterTokens.withKey(KEY),
                () -> UUID.randomUUID().toString(),
                () -> RouteTable.EMPTY,
                authorities::get,
                InstantSource.system());
        return new HairpinSessions(
                        access,
                        store,
                        new SessionDoubts(100),
                        new ServerStreams(
                                access, store, ServerRequestIds.withKey(KEY), new HairpinSubscriptions(access)),
                        new GatewayMetrics(new SimpleMeterRegistry()))
                .obtain(HairpinSessionsTest.call("s1"));
    }

    private SelfSigned listen(String names) throws Exception {
        SelfSigned certificate = new SelfSigned(folder, names);
        gateway = certificate.serve("/", this::answer);
        return certificate;
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.addAll(SelfSigned.askedNames(exchange));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (body.contains("\"initialize\"")) {
            Matcher id = ID.matcher(body);
            assertThat(id.find()).isTrue();
            byte[] answer = ANSWER.replace("ID", id.group(1)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } else {
            exchange.sendResponseHeaders(202, -1);
        }
        exchange.close();
    }
}
