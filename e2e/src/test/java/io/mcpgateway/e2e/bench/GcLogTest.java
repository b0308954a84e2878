package io.mcpgateway.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Reading a garbage collector's log. */
class GcLogTest {
    private static final List<String> LINES = List.of(
            "[0.012s][info][gc] Using Serial",
            "[0.482s][info][gc] GC(0) Pause Young (Allocation Failure) 2M->0M(7M) 1.250ms",
            "[0.682s][info][gc] GC(1) Pause Young (Allocation Failure) 3M->1M(7M) 0.750ms",
            "[9.120s][info][gc] GC(2) Pause Full (Metadata GC Threshold) 190M->29M(300M) 88.100ms");

    @Test
    void pausesAreCountedByKind() {
        GcLog log = GcLog.of(LINES);

        assertThat(log.young()).isEqualTo(2);
        assertThat(log.full()).isEqualTo(1);
        assertThat(log.stoppedMillis()).isCloseTo(90.1, within(0.001));
        assertThat(log.longestMillis()).isEqualTo(88.1);
    }

    @Test
    void anEarlierReadingIsTakenOff() {
        GcLog since = GcLog.of(LINES).since(GcLog.of(LINES.subList(0, 2)));

        assertThat(since.young()).isEqualTo(1);
        assertThat(since.full()).isEqualTo(1);
        assertThat(since.stoppedMillis()).isCloseTo(88.85, within(0.001));
    }
}
