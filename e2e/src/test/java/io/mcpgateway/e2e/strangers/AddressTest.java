package io.mcpgateway.e2e.strangers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AddressTest {
    @Test
    void serversHaveTheirPrefixesAtTheCommonUrl() {
        assertThat(Address.named("").path("python1")).isEqualTo("/mcp");
        assertThat(Address.named("").prefix("p1_")).isEqualTo("p1_");
    }

    @Test
    void namesAreOriginalAtAServersOwnUrl() {
        assertThat(Address.named("server").path("python1")).isEqualTo("/mcp/servers/strange/python1");
        assertThat(Address.named("server").prefix("p1_")).isEmpty();
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> Address.named("servers")).hasMessageContaining("servers");
    }
}
