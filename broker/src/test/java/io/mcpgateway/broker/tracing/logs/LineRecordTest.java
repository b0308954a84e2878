package io.mcpgateway.broker.tracing.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineRecordTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void aRecordHasTheTimeAndTheSpanOfItsLine() {
        String line = "{\"time\":\"2026-12-01T02:00:00.5Z\",\"traceId\":\"%s\",\"spanId\":\"00f067aa0ba902b7\"}"
                .formatted(TRACE);

        LineRecord record = LineRecord.of(line);

        assertThat(record.line()).isEqualTo(line);
        assertThat(record.at()).contains(Instant.parse("2026-12-01T02:00:00.5Z"));
        assertThat(record.span().getTraceId()).isEqualTo(TRACE);
        assertThat(record.span().getSpanId()).isEqualTo("00f067aa0ba902b7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"missing\":7}",
                "{\"time\":\"soon\",\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}",
                "{\"time\":5,\"traceId\":5,\"spanId\":\"00f067aa0ba902b7\"}",
                "no JSON"
            })
    void aLineWithoutThemIsARecordWithoutThem(String line) {
        LineRecord record = LineRecord.of(line);

        assertThat(record.line()).isEqualTo(line);
        assertThat(record.at()).isEmpty();
        assertThat(record.span().isValid()).isFalse();
    }
}
