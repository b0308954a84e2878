package io.mcpgateway.broker.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamPlaceTest {
    @Test
    void anIdThatNobodyCanSendBackIsNoPlace() {
        StreamPlace place = StreamPlace.START.reached("7");

        assertThat(place.lastId()).contains("7");
        assertThat(place.reached("8".repeat(2048)).lastId()).isPresent();
        assertThat(place.reached("9".repeat(2049)).lastId()).isEmpty();
        assertThat(place.reached("").lastId()).isEmpty();
    }

    @Test
    void whatTheServerAsksForOutlastsThePlace() {
        StreamPlace place = StreamPlace.START.reached("7").retryAfter(Duration.ofSeconds(3));

        assertThat(place.lastId()).contains("7");
        assertThat(place.forgotten()).isEqualTo(StreamPlace.START.retryAfter(Duration.ofSeconds(3)));
    }
}
