package io.mcpgateway.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which changes count as growth. */
class SoakSampleTest {
    private static final SoakSample EARLY = sample(20_000, 160, 150, 28);

    @Test
    void ordinaryUnrestIsFlat() {
        assertThat(sample(24_000, 175, 170, 30).grownSince(EARLY)).isEmpty();
        assertThat(sample(10_000, 90, 20, 5).grownSince(EARLY)).isEmpty();
    }

    @Test
    void eachLeakIsNamed() {
        assertThat(sample(40_000, 160, 150, 28).grownSince(EARLY))
                .containsExactly("heap in KiB grew from 20000 to 40000");
        assertThat(sample(20_000, 300, 150, 28).grownSince(EARLY))
                .containsExactly("resident memory in MiB grew from 160 to 300");
        assertThat(sample(20_000, 160, 900, 28).grownSince(EARLY)).containsExactly("open files grew from 150 to 900");
        assertThat(sample(20_000, 160, 150, 90).grownSince(EARLY)).containsExactly("threads grew from 28 to 90");
        assertThat(sample(20_000, 160, 150, 28, 60).grownSince(EARLY))
                .containsExactly("server sessions grew from 20 to 60");
    }

    @Test
    void oneOutlierIsNotTheMedian() {
        SoakSample outlier = sample(90_000, 900, 900, 900);

        assertThat(SoakSample.median(List.of(EARLY, outlier, EARLY)).grownSince(EARLY))
                .isEmpty();
    }

    private static SoakSample sample(long heap, long resident, long files, long threads) {
        return sample(heap, resident, files, threads, 20);
    }

    private static SoakSample sample(long heap, long resident, long files, long threads, long sessions) {
        return new SoakSample(Duration.ofSeconds(1), 1, heap, resident, files, threads, sessions);
    }
}
