package io.mcpgateway.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ServerKeyTest {
    @Test
    void urlsWithTheSameHashCodeHaveDifferentKeys() {
        URI one = URI.create("http://tools/Aa");
        URI other = URI.create("http://tools/BB");
        assertThat(one.toString().hashCode()).isEqualTo(other.toString().hashCode());

        assertThat(ServerKey.of("ns/one", one)).isNotEqualTo(ServerKey.of("ns/one", other));
    }

    @Test
    void aKeyDependsOnNameAndUrlOnlyAndShowsTheName() {
        URI url = URI.create("http://tools/mcp?key=hidden");

        assertThat(ServerKey.of("ns/one", url)).isEqualTo(ServerKey.of("ns/one", URI.create(url.toString())));
        assertThat(ServerKey.of("ns/one", url)).isNotEqualTo(ServerKey.of("ns/two", url));
        assertThat(ServerKey.of("ns/one", url).value()).startsWith("ns/one@").doesNotContain("hidden");
    }
}
