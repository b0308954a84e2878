package io.mcpgateway.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class BackendKeyTest {
    @Test
    void urlsWithTheSameHashCodeHaveDifferentKeys() {
        URI one = URI.create("http://tools/Aa");
        URI other = URI.create("http://tools/BB");
        assertThat(one.toString().hashCode()).isEqualTo(other.toString().hashCode());

        assertThat(BackendKey.of("ns/one", one)).isNotEqualTo(BackendKey.of("ns/one", other));
    }

    @Test
    void aKeyDependsOnNameAndUrlOnlyAndShowsTheName() {
        URI url = URI.create("http://tools/mcp?key=hidden");

        assertThat(BackendKey.of("ns/one", url)).isEqualTo(BackendKey.of("ns/one", URI.create(url.toString())));
        assertThat(BackendKey.of("ns/one", url)).isNotEqualTo(BackendKey.of("ns/two", url));
        assertThat(BackendKey.of("ns/one", url).value()).startsWith("ns/one@").doesNotContain("hidden");
    }
}
