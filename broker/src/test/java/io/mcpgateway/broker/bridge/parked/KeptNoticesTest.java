package io.mcpgateway.broker.bridge.parked;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.json.RawJson;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptNoticesTest {
    private final KeptNotices kept = new KeptNotices();

    @Test
    void allAreTakenOnceInTheirOrder() {
        kept.add(RawJson.of("1"));
        kept.add(RawJson.of("2"));

        assertThat(kept.take()).containsExactly(RawJson.of("1"), RawJson.of("2"));
        assertThat(kept.take()).isEmpty();
    }

    @Test
    void theOldestMakeRoom() {
        IntStream.range(0, KeptNotices.MOST + 2).forEach(each -> kept.add(RawJson.of(Integer.toString(each))));

        List<RawJson> all = kept.take();
        assertThat(all).hasSize(KeptNotices.MOST);
        assertThat(all.getFirst()).isEqualTo(RawJson.of("2"));
    }

    @Test
    void theirBytesAreBounded() {
        RawJson half = text(KeptNotices.MOST_BYTES / 2);
        kept.add(text(100));
        kept.add(half);
        kept.add(half);
        kept.add(text(KeptNotices.MOST_BYTES + 1));

        assertThat(kept.take()).containsExactly(half, half);
        kept.add(half);
        assertThat(kept.take()).containsExactly(half);
    }

    private static RawJson text(int bytes) {
        return RawJson.of("\"" + "x".repeat(bytes - 2) + "\"");
    }
}
