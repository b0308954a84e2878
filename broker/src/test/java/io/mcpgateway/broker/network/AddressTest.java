package io.mcpgateway.broker.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, 127.0.0.1:8888, true",
        "127.0.0.1:8080, 10.0.0.7:8888, true",
        "localhost:8080, :8888, true",
        "[::1]:8080, 127.0.0.1:8888, true",
        ":8080, :8888, true",
        ":8080, [::]:8888, true",
        "10.0.0.7:8080, 10.0.0.7:8888, true",
        "10.0.0.7:8080, :8888, true",
        ":8080, 127.0.0.1:8888, false",
        "[::]:8080, [::1]:8888, false",
        "10.0.0.7:8080, 127.0.0.1:8888, false",
        "10.0.0.7:8080, 10.0.0.8:8888, false",
        "127.example.com:8080, 127.0.0.1:8888, false",
    })
    void aListenerIsNoWiderIfWhoeverReachesItReachesTheOtherToo(String one, String other, boolean noWider) {
        assertThat(Address.parse(one)
                        .orElseThrow()
                        .isNoWiderThan(Address.parse(other).orElseThrow()))
                .isEqualTo(noWider);
    }
}
