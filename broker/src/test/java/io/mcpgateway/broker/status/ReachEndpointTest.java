package io.mcpgateway.broker.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.reason.ServerReach;
import io.mcpgateway.broker.endpoint.EndpointFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code /status/reach}, with a trial that reaches {@code ns/reachable}. */
class ReachEndpointTest {
    private final EndpointFixture fixture = new EndpointFixture(Duration.ofSeconds(15), 10);

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void theOutcomeIsADocument() throws Exception {
        var response = fixture.send("GET", "/status/reach?server=ns%2Freachable");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(ServerReach.parse(response.body().getBytes(StandardCharsets.UTF_8)))
                .contains(new ServerReach("ns/reachable", ServerReach.REACHED, "", 1));
    }

    @Test
    void anUnknownServerIsNamed() throws Exception {
        var response = fixture.send("GET", "/status/reach?server=ns/other");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("Server 'ns/other' not found");
        assertThat(fixture.send("GET", "/status/reach?server=").statusCode()).isEqualTo(404);
        assertThat(fixture.send("POST", "/status/reach?server=ns/reachable").statusCode())
                .isEqualTo(405);
    }
}
