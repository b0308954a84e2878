package io.mcpgateway.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.runtime.Termination;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An API server that is not there, or says no. */
class ApiServerTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 403, 500})
    void whateverItAnswersItIsThere(int status) throws Exception {
        HttpServer server = answering(status);
        try {
            assertThat(ApiServerProbe.await(config(server.getAddress().getPort()), SHORT, new Termination()))
                    .isTrue();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nobodyThereIsToldInTime() throws Exception {
        assertThat(ApiServerProbe.await(config(closedPort()), SHORT, new Termination()))
                .isFalse();
    }

    @Test
    void aSignalEndsTheWait() throws Exception {
        Termination termination = new Termination();
        termination.request();

        assertThat(ApiServerProbe.await(config(closedPort()), Duration.ofHours(1), termination))
                .isTrue();
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(new ConnectException(), "connection refused"),
                Arguments.of(new UnknownHostException("api.example"), "host name cannot be resolved: api.example"),
                Arguments.of(new HttpTimeoutException("x"), "no answer in time"),
                Arguments.of(new IOException("PKIX path building failed"), "PKIX path building failed"),
                Arguments.of(new IOException(), "IOException"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void addressAndCauseAreInOneLine(Throwable cause, String words) {
        try (KubernetesClient client = client(1)) {
            assertThat(ApiServerProbe.text(client, new KubernetesClientException("An error has occurred.", cause)))
                    .isEqualTo("the API server http://127.0.0.1:1/ cannot be reached: " + words);
        }
    }

    @Test
    void whatIsForbiddenIsNamed() throws IOException {
        HttpServer server = answering(403);
        try (KubernetesClient client = client(server.getAddress().getPort())) {
            KindCache<Gateway> cache = new KindCache<>(client, Gateway.class, Map.of());
            assertThat(cache.forbidden()).isEmpty();

            cache.start();

            await().untilAsserted(() -> assertThat(cache.forbidden())
                    .contains("list and watch gateways.gateway.networking.k8s.io in all namespaces"));
            cache.stop();
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer answering(int status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\", \"code\": %d}"
                .formatted(status)
                .getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static KubernetesClient client(int port) {
        return new KubernetesClientBuilder().withConfig(config(port)).build();
    }

    private static Config config(int port) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + port)
                .withRequestRetryBackoffLimit(0)
                .build();
    }
}
