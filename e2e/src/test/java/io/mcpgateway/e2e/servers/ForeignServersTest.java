package io.mcpgateway.e2e.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.Foreign;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Third-party servers start and answer without a gateway, so a failure behind a gateway is the gateway's. */
class ForeignServersTest {
    @Test
    void referenceServerEchoes() throws IOException {
        try (Foreign.Server server = Foreign.everything();
                McpClient client = connect(server.url())) {
            assertThat(client.call("echo", "{\"message\":\"hello\"}").text()).isEqualTo("Echo: hello");
        }
    }

    @Test
    void pythonServerAdds() throws IOException {
        try (Foreign.Server server = Foreign.python();
                McpClient client = connect(server.url())) {
            assertThat(client.call("add", "{\"a\":1,\"b\":2}").text()).isEqualTo("3");
        }
    }

    private static McpClient connect(URI url) {
        return await("a session of " + url)
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> McpClient.connect(url), client -> client.session().isPresent());
    }
}
