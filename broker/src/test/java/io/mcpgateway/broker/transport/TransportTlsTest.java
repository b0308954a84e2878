package io.mcpgateway.broker.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsServer;
import io.mcpgateway.broker.client.SelfSigned;
import io.mcpgateway.broker.network.TrustStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the transport trusts. */
class TransportTlsTest {
    @TempDir
    static Path folder = Path.of("");

    private final Set<Integer> clientPorts = new ConcurrentSkipListSet<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> hosts = new CopyOnWriteArrayList<>();

    @Test
    void aTrustedServerOfThatNameIsCalledOnOneConnection() throws Exception {
        SelfSigned certificate = new SelfSigned(folder, "dns:localhost,ip:127.0.0.1");
        HttpsServer server = serve(certificate);
        try (ServerTransport transport = trusting(certificate)) {
            for (int count = 0; count < 20; count++) {
                assertThat(get(transport, server, "localhost")).isEqualTo("{}");
            }

            assertThat(clientPorts).hasSize(1);
            assertThat(asked).containsOnly("localhost");
            asked.clear();
            assertThat(get(transport, server, "127.0.0.1")).isEqualTo("{}");
            assertThat(asked).as("TLS has no place for an address").isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        SelfSigned certificate = new SelfSigned(folder, "dns:other.example");
        HttpsServer server = serve(certificate);
        try (ServerTransport transport = trusting(certificate)) {
            assertThatThrownBy(() -> get(transport, server, "localhost")).isInstanceOf(SSLException.class);
            assertThat(clientPorts).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    /** The Host header is still that of the url. */
    @Test
    void aNameMayBeGivenInsteadOfTheHost() throws Exception {
        SelfSigned certificate = new SelfSigned(folder, "dns:mcp.example.com");
        HttpsServer server = serve(certificate);
        SSLContext trust = TrustStore.with(List.of(certificate.authority()));
        try (ServerTransport named =
                        new ServerTransport(Duration.ofSeconds(5), 100, trust, Optional.of("mcp.example.com"));
                ServerTransport wrong =
                        new ServerTransport(Duration.ofSeconds(5), 100, trust, Optional.of("localhost"))) {
            for (String host : List.of("localhost", "127.0.0.1")) {
                assertThat(get(named, server, host)).isEqualTo("{}");
                assertThat(hosts)
                        .containsExactly(host + ":" + server.getAddress().getPort());
                hosts.clear();
            }
            assertThat(asked).containsOnly("mcp.example.com");
            assertThatThrownBy(() -> get(wrong, server, "localhost")).isInstanceOf(SSLException.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aHostThatTlsCannotAskForIsNoError() throws Exception {
        SelfSigned certificate = new SelfSigned(folder, "dns:localhost,ip:127.0.0.1");
        HttpsServer server = serve(certificate);
        try (ServerTransport transport = new ServerTransport(
                Duration.ofSeconds(5), 100, TrustStore.with(List.of(certificate.authority())), Optional.of("a_b."))) {
            assertThatThrownBy(() -> get(transport, server, "localhost")).isInstanceOf(SSLException.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerThatEndsTheHandshakeIsReachable() throws Exception {
        try (ServerSocket resetting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerTransport transport = new ServerTransport(Duration.ofSeconds(5), 100)) {
            Thread.ofVirtual().start(() -> {
                try (Socket connection = resetting.accept()) {
                    connection.getInputStream().read();
                    connection.setSoLinger(true, 0);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            URI url = URI.create("https://localhost:" + resetting.getLocalPort() + "/mcp");

            assertThatThrownBy(() -> transport
                            .call("GET", url, Map.of(), Optional.empty())
                            .send())
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(ConnectException.class);
        }
    }

    @Test
    void anUnknownAuthorityIsRefused() throws Exception {
        HttpsServer server = serve(new SelfSigned(folder, "dns:localhost,ip:127.0.0.1"));
        try (ServerTransport transport = new ServerTransport(Duration.ofSeconds(5), 100)) {
            assertThatThrownBy(() -> get(transport, server, "localhost")).isInstanceOf(SSLException.class);
            assertThat(clientPorts).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    private HttpsServer serve(SelfSigned certificate) throws Exception {
        return certificate.serve("/", exchange -> {
            clientPorts.add(exchange.getRemoteAddress().getPort());
            asked.addAll(SelfSigned.askedNames(exchange));
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'{', '}'});
            exchange.close();
        });
    }

    private static ServerTransport trusting(SelfSigned certificate) throws Exception {
        SSLContext trust = TrustStore.with(List.of(certificate.authority()));
        return new ServerTransport(Duration.ofSeconds(5), 100, trust, Optional.empty());
    }

    private static String get(ServerTransport transport, HttpsServer server, String host)
            throws IOException, InterruptedException {
        URI url = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/mcp");
        try (IncomingResponse response =
                transport.call("GET", url, Map.of(), Optional.empty()).send()) {
            return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
