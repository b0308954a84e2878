package io.mcpgateway.broker.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import org.junit.jupiter.api.Test;

class ParentsTest {
    private static final SpanContext NONE = SpanContext.getInvalid();
    private static final SpanContext OF_MESSAGE = context('1', '1');

    @Test
    void whatNobodySaysBeginsATrace() {
        Parents parents = Parents.of(NONE, NONE);

        assertThat(Span.fromContext(parents.parent()).getSpanContext().isValid())
                .isFalse();
        assertThat(parents.link()).isEmpty();
    }

    @Test
    void theOnlyOneCounts() {
        assertThat(parent(Parents.of(OF_MESSAGE, NONE))).isEqualTo(OF_MESSAGE);
        assertThat(parent(Parents.of(NONE, OF_MESSAGE))).isEqualTo(OF_MESSAGE);
        assertThat(Parents.of(NONE, OF_MESSAGE).link()).isEmpty();
    }

    @Test
    void inTheSameTraceTheTransportIsNearer() {
        SpanContext transport = context('1', '2');

        assertThat(parent(Parents.of(transport, OF_MESSAGE))).isEqualTo(transport);
        assertThat(Parents.of(transport, OF_MESSAGE).link()).isEmpty();
    }

    @Test
    void inAnotherTraceTheMessageCounts() {
        SpanContext transport = context('2', '2');

        assertThat(parent(Parents.of(transport, OF_MESSAGE))).isEqualTo(OF_MESSAGE);
        assertThat(Parents.of(transport, OF_MESSAGE).link()).contains(transport);
    }

    private static SpanContext parent(Parents parents) {
        return Span.fromContext(parents.parent()).getSpanContext();
    }

    private static SpanContext context(char trace, char span) {
        return SpanContext.createFromRemoteParent(
                String.valueOf(trace).repeat(32),
                String.valueOf(span).repeat(16),
                TraceFlags.getSampled(),
                TraceState.getDefault());
    }
}
