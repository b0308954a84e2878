package io.mcpgateway.broker.hairpin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.session.RouterTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A listener that is asked for TLS and does not speak it. */
class GatewayTrustTest {
    private final McpHttpClient client = new McpHttpClient();
    private final List<Optional<String>> found = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        client.close();
    }

    @Test
    void whatFailsIsSaidBeforeAnyCallAndNotForgottenWithoutAConnection() throws IOException {
        ServerSocket plain = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> answerPlainly(plain));
        try (GatewayTrust trust = trust("https://127.0.0.1:" + plain.getLocalPort())) {
            trust.start();
            await().until(() -> !found.isEmpty());
            plain.close();
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(20)).until(() -> !found.isEmpty());
        }
        assertThat(found)
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem)
                        .hasValueSatisfying(text -> assertThat(text).contains("does not speak TLS")));
    }

    @Test
    void aListenerWithoutTlsIsNotAsked() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                GatewayTrust trust = trust("http://127.0.0.1:" + plain.getLocalPort())) {
            plain.setSoTimeout(500);
            trust.start();

            assertThat(found).isEmpty();
            assertThatThrownBy(plain::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private GatewayTrust trust(String url) {
        return new GatewayTrust(
                new ServerAccess(
                        client,
                        HairpinSettings.of(URI.create(url), "mcp.example.com"),
                        RouterTokens.withKey(new byte[32]),
                        () -> "id",
                        () -> RouteTable.EMPTY,
                        InstantSource.system()),
                found::add);
    }

    private static void answerPlainly(ServerSocket socket) {
        try {
            while (true) {
                try (Socket connection = socket.accept()) {
                    connection.getInputStream().read();
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }
}
