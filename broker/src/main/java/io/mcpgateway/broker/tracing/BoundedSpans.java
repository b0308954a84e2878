package io.mcpgateway.broker.tracing;

import io.mcpgateway.broker.telemetry.SpanMetrics;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what becomes of every span that is to be sent. No more wait than the queue of the SDK's own processor has room for, so
 * that one never drops a span itself, without saying how many. Safe for several threads.
 */
final class BoundedSpans {
    private static final Logger log = LoggerFactory.getLogger(BoundedSpans.class);

    private final int most;
    private final SpanMetrics metrics;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean told = new AtomicBoolean();

    /** @param most how many may wait, those that are being sent included */
    BoundedSpans(int most, SpanMetrics metrics) {
        this.most = most;
        this.metrics = metrics;
    }

    /** In front of what collects spans. */
    SpanProcessor around(SpanProcessor next) {
        return new Entrance(next);
    }

    /** Around what sends them. */
    SpanExporter around(SpanExporter next) {
        return new Exit(next);
    }

    /** Nothing more will be sent. */
    void close() {
        metrics.dropped(waiting.getAndSet(0));
    }

    private void sent(int spans, boolean success) {
        waiting.addAndGet(-spans);
        if (success) {
            metrics.exported(spans);
            told.set(false);
        } else {
            metrics.failed(spans);
            if (told.compareAndSet(false, true)) {
                log.warn("spans could not be sent; is OTEL_EXPORTER_OTLP_ENDPOINT right, and is a collector there?");
            }
        }
    }

    private final class Entrance implements SpanProcessor {
        private final SpanProcessor next;

        Entrance(SpanProcessor next) {
            this.next = next;
        }

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            next.onStart(parent, span);
        }

        @Override
        public boolean isStartRequired() {
            return next.isStartRequired();
        }

        @Override
        public void onEnd(ReadableSpan span) {
            if (!span.getSpanContext().isSampled()) {
                return;
            }
            if (waiting.incrementAndGet() > most) {
                waiting.decrementAndGet();
                metrics.dropped(1);
            } else {
                next.onEnd(span);
            }
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }

        @Override
        public CompletableResultCode shutdown() {
            return next.shutdown();
        }

        @Override
        public CompletableResultCode forceFlush() {
            return next.forceFlush();
        }
    }

    private final class Exit implements SpanExporter {
        private final SpanExporter next;

        Exit(SpanExporter next) {
            this.next = next;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            int count = spans.size();
            CompletableResultCode result = next.export(spans);
            result.whenComplete(() -> sent(count, result.isSuccess()));
            return result;
        }

        @Override
        public CompletableResultCode flush() {
            return next.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return next.shutdown();
        }
    }
}
