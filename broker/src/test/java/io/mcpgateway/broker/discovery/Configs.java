package io.mcpgateway.broker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.client.FakeMcpServer;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Configurations that point at fake servers. */
final class Configs {
    private Configs() {}

    static BrokerConfig config(McpServer... list) {
        return new BrokerConfig(List.of(list), List.of());
    }

    static McpServer one(FakeMcpServer fake) {
        return one(fake, fake.url());
    }

    static McpServer one(FakeMcpServer fake, URI url) {
        assertThat(url.getPort()).isEqualTo(fake.port());
        return named("ns/one", url, "one_", "Bearer top-secret\n");
    }

    static McpServer named(String name, URI url, String prefix, String credential) {
        return new McpServer(
                new ServerName(name),
                url,
                "one.mcp.local",
                prefix,
                Optional.of(new Credential(credential)),
                McpServer.State.ENABLED);
    }
}
