package io.mcpgateway.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When the row of traces meets its target. */
class TraceRunsTest {
    private static final LoadResult OFF = new LoadResult(100, 0, 4_000, 1, 2, 200);

    @Test
    void fivePercentMoreIsMet() {
        BenchRow row = TraceRuns.row(OFF, new LoadResult(100, 0, 3_900, 1, 2, 209), 40_960);

        assertThat(row.verdict()).isEqualTo(BenchRow.Verdict.MET);
        assertThat(row.measured())
                .isEqualTo("CPU of both 209 us instead of 200 = 1.05, 3900/s of 4000/s, 40 KiB of spans");
    }

    @Test
    void moreIsMissedAndSoAreErrorsOrSpansThatNobodySent() {
        assertThat(TraceRuns.row(OFF, new LoadResult(100, 0, 3_900, 1, 2, 211), 40_960)
                        .verdict())
                .isEqualTo(BenchRow.Verdict.MISSED);
        assertThat(TraceRuns.row(OFF, new LoadResult(100, 1, 3_900, 1, 2, 200), 40_960)
                        .verdict())
                .isEqualTo(BenchRow.Verdict.MISSED);
        assertThat(TraceRuns.row(OFF, new LoadResult(100, 0, 3_900, 1, 2, 200), 0)
                        .verdict())
                .isEqualTo(BenchRow.Verdict.MISSED);
    }
}
