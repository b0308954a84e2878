package io.mcpgateway.controller.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthListenerTest {
    private final AtomicReference<String> problem = new AtomicReference<>("");

    @Test
    void livesWhileItRunsAndIsReadyWhenNothingIsMissing() throws Exception {
        try (HealthListener health = start()) {
            assertThat(get(health, "/healthz").statusCode()).isEqualTo(200);
            assertThat(get(health, "/readyz").statusCode()).isEqualTo(200);

            problem.set("CRD gateways.gateway.networking.k8s.io is missing");

            assertThat(get(health, "/healthz").statusCode()).isEqualTo(200);
            assertThat(get(health, "/readyz").statusCode()).isEqualTo(503);
            assertThat(get(health, "/readyz").body()).contains("gateways.gateway.networking.k8s.io");
        }
    }

    private HealthListener start() throws IOException {
        return HealthListener.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), problem::get);
    }

    private static HttpResponse<String> get(HealthListener health, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + health.port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
