package io.mcpgateway.broker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({"0,250", "1,250", "2,500", "3,1000", "7,16000", "8,30000", "2147483647,30000"})
    void doublesUpToTheLongest(int failures, long milliseconds) {
        assertThat(BACKOFF.after(failures)).isEqualTo(Duration.ofMillis(milliseconds));
    }

    @ParameterizedTest
    @CsvSource({"0,250", "0.5,375", "1,500"})
    void chanceTakesUpToHalfOfIt(double chance, long milliseconds) {
        assertThat(BACKOFF.after(2, chance)).isEqualTo(Duration.ofMillis(milliseconds));
    }

    @ParameterizedTest
    @CsvSource({"0,250", "100,250", "700,700", "60000,30000"})
    void whatSomebodyAsksForCountsUpToTheLongest(long asked, long milliseconds) {
        assertThat(BACKOFF.after(1, Duration.ofMillis(asked))).isEqualTo(Duration.ofMillis(milliseconds));
    }

    @Test
    void noWaitAtAllIsNoBackoff() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
