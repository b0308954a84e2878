package io.mcpgateway.broker.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsServer;
import io.mcpgateway.api.contract.CaCertificates;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.network.TlsVerdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real TLS server whose certificate is signed by an authority that nobody else knows. */
class PrivateAuthorityTest {
    private static final String ANSWER = """
        {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{},\
        "serverInfo":{"name":"tls","version":"1"}}}\
        """;
    private static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), 1 << 20, 1 << 20);

    private static final InitializeParams INITIALIZE = new InitializeParams("2025-11-25", "test", ClientFeatures.NONE);

    private static final String USUAL = "dns:localhost,ip:127.0.0.1";

    @TempDir
    static Path folder = Path.of("");

    private final McpHttpClient client = new McpHttpClient();
    /** The names that TLS asked for. */
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        server = serve(USUAL);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void aServerOfAPrivateAuthorityIsReachedByThoseWhoTrustIt() throws Exception {
        CaCertificates authority = authority(USUAL);
        CaCertificates another = authority("ip:127.0.0.1,dns:localhost");

        assertThat(open(List.of(another, authority))).isInstanceOf(OpenOutcome.Opened.class);
        assertThat(open(List.of(authority))).isInstanceOf(OpenOutcome.Opened.class);
        assertThat(refusal(List.of()))
                .contains("a CA that the gateway does not trust", "spec.caCertSecretRef", "spec.caCertBundleRef");
        assertThat(refusal(List.of(another))).contains("a CA that the gateway does not trust");
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        server.stop(0);
        server = serve("dns:elsewhere.example.com");

        assertThat(refusal(List.of(authority("dns:elsewhere.example.com"))))
                .contains("not valid for the host name of its url");
    }

    @Test
    void plainHttpOnThePortIsSaidSo() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket connection = plain.accept()) {
                    connection.getInputStream().read();
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            URI url = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/mcp");
            OpenOutcome outcome = client.open(new McpTarget(url, Map::of, LIMITS, List.of()), INITIALIZE, _ -> {});
            assertThat(message(outcome)).contains("does not speak TLS; is it plain HTTP");
        }
    }

    @Test
    void howTlsGoesIsToldWithoutASession() throws Exception {
        URI url = url("localhost");
        assertThat(client.tls(target(url, List.of(authority(USUAL))))).isInstanceOf(TlsVerdict.Works.class);
        assertThat(client.tls(target(url, List.of())))
                .isInstanceOfSatisfying(
                        TlsVerdict.Fails.class,
                        fails -> assertThat(fails.reason())
                                .contains("a CA that the gateway does not trust", "spec.caCertBundleRef"));

        server.stop(0);
        assertThat(client.tls(target(url, List.of()))).as("nobody there").isInstanceOf(TlsVerdict.Unknown.class);
    }

    private static McpTarget target(URI url, List<CaCertificates> trusted) {
        return new McpTarget(url, Map::of, LIMITS, trusted);
    }

    private String refusal(List<CaCertificates> trusted) throws InterruptedException {
        return message(open(trusted));
    }

    private static String message(OpenOutcome outcome) {
        return ((OpenOutcome.NotOpened) outcome).failure().message();
    }

    /** As with the gateway's own listener: the address is an inner one, the certificate is for the public name. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        dns:mcp.example.com,                mcp.example.com, true
        dns:*.example.com,                  mcp.example.com, true
        'dns:other.example.com,dns:mcp.example.com', MCP.example.com, true
        dns:*.example.com,                  a.b.example.com, false
        dns:localhost,                      mcp.example.com, false
        'dns:localhost,dns:example.com',    mcp.example.com, false
        """)
    void aCertificateIsCheckedForTheNameThatIsGiven(String names, String name, boolean accepted) throws Exception {
        server.stop(0);
        server = serve(names);
        for (String host : List.of("127.0.0.1", "localhost")) {
            McpTarget target = new McpTarget(url(host), Map::of, LIMITS, List.of(authority(names)), Optional.of(name));

            OpenOutcome outcome = client.open(target, INITIALIZE, _ -> {});

            assertThat(outcome instanceof OpenOutcome.Opened).as(host).isEqualTo(accepted);
        }
        assertThat(asked).allMatch(name::equals).hasSize(accepted ? 4 : 0);
    }

    @Test
    void aNameThatIsGivenLeavesTheUsualAuthorities() throws Exception {
        McpTarget target = new McpTarget(url("localhost"), Map::of, LIMITS, List.of(), Optional.of("localhost"));

        assertThat(client.open(target, INITIALIZE, _ -> {})).isInstanceOf(OpenOutcome.NotOpened.class);
    }

    @Test
    void aHostWithoutAddressIsToldAsSuch() throws Exception {
        McpTarget target = new McpTarget(
                URI.create("https://gateway.invalid:1/mcp"), Map::of, LIMITS, List.of(), Optional.of("localhost"));

        assertThat(client.open(target, INITIALIZE, _ -> {}))
                .isEqualTo(new OpenOutcome.NotOpened(new McpOutcome.Unreachable("unknown host")));
    }

    private OpenOutcome open(List<CaCertificates> trusted) throws InterruptedException {
        return client.open(new McpTarget(url("127.0.0.1"), Map::of, LIMITS, trusted), INITIALIZE, _ -> {});
    }

    private URI url(String host) {
        return URI.create("https://" + host + ":" + server.getAddress().getPort() + "/mcp");
    }

    private HttpsServer serve(String names) throws Exception {
        return new SelfSigned(folder, names).serve("/mcp", exchange -> {
            asked.addAll(SelfSigned.askedNames(exchange));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (body.contains("\"initialize\"")) {
                byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("content-type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            } else {
                exchange.sendResponseHeaders(202, -1);
            }
            exchange.close();
        });
    }

    private static CaCertificates authority(String names) throws Exception {
        return new SelfSigned(folder, names).authority();
    }
}
