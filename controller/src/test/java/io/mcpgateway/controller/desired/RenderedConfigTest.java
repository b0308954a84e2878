package io.mcpgateway.controller.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ConfigHash;
import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenderedConfigTest {
    @Test
    void theHashIsThatOfTheDocument() {
        RenderedConfig empty = RenderedConfig.of(BrokerConfig.EMPTY);

        assertThat(empty.hash()).isEqualTo(ConfigHash.of(empty.document()));
    }

    @Test
    void aSecretHoldsAMebibyteAndNotAByteMore() {
        assertThat(ConfigSize.of("é".repeat(ConfigSize.LIMIT / 2)).fits()).isTrue();
        assertThat(ConfigSize.of("é".repeat(ConfigSize.LIMIT / 2) + "e").fits()).isFalse();
    }

    @Test
    void itDoesNotPrintCredentials() {
        McpServer server = new McpServer(
                new ServerName("ns/s"),
                URI.create("http://s:80/mcp"),
                "s.local",
                "",
                Optional.of(new Credential("Bearer secret")),
                McpServer.State.ENABLED);

        assertThat(RenderedConfig.of(new BrokerConfig(List.of(server), List.of())))
                .satisfies(config -> assertThat(config.document()).contains("Bearer secret"))
                .satisfies(config -> assertThat(config.toString()).doesNotContain("secret"));
    }
}
