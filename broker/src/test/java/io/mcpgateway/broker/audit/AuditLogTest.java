package io.mcpgateway.broker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.telemetry.AuditMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AuditLogTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AuditMetrics metrics = new AuditMetrics(registry);

    @Test
    void closingWritesWhatWaits() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AuditLog log = AuditLog.start(new StreamSink(out), metrics);

        log.add("{\"one\":1}");
        log.add("{\"two\":2}");
        log.close();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"one\":1}\n{\"two\":2}\n");
        assertThat(count("written")).isEqualTo(2);
    }

    @Test
    void aLogThatHangsHoldsNobodyUpAndWhatIsMissingIsCountedAndTold() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        AuditLog log = AuditLog.start(new StreamSink(new Hanging(written, begun, goOn)), metrics);
        log.add("first");
        begun.await();

        int more = AuditLog.MAX_WAITING + 7;
        for (int index = 0; index < more; index++) {
            log.add("more");
        }
        assertThat(count("dropped")).isEqualTo(7);
        goOn.countDown();
        log.close();

        assertThat(count("written")).isEqualTo(1 + AuditLog.MAX_WAITING);
        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2 + AuditLog.MAX_WAITING)
                .endsWith("{\"missing\":7}");
    }

    @Test
    void linesThatCannotBeWrittenAreCounted() throws InterruptedException {
        AuditLog log = AuditLog.start(new StreamSink(new Full()), metrics);

        log.add("one");
        log.add("two");
        log.close();

        assertThat(count("failed")).isEqualTo(2);
        assertThat(count("written")).isZero();
    }

    @Test
    void whoWaitsLearnsThatTheLineIsThere() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AuditLog log = AuditLog.start(new StreamSink(out), metrics);

        assertThat(log.write("{\"one\":1}")).isTrue();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"one\":1}\n");
        log.close();
        assertThat(log.write("{\"late\":1}")).isFalse();
    }

    @Test
    void aLogThatHangsIsWaitedForOnlyForASecondAndThenNotAtAll() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        AuditLog log = AuditLog.start(new StreamSink(new Hanging(written, begun, goOn)), metrics);
        log.add("hangs");
        begun.await();

        assertThat(log.write("given up")).isFalse();
        for (int index = 0; index < 50; index++) {
            assertThat(log.write("not waited for")).isFalse();
        }
        assertThat(count("dropped")).isEqualTo(51);
        goOn.countDown();
        log.close();

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("hangs\n{\"missing\":51}\n");
    }

    @Test
    void aLineThatCannotBeWrittenIsNoReasonToGoOn() {
        AuditLog log = AuditLog.start(new StreamSink(new Full()), metrics);

        assertThat(log.write("one")).isFalse();
        log.close();
    }

    /** What a sink takes at a time is told together, and fails together. */
    @Test
    void linesThatCameMeanwhileAreWrittenAtOnce() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Gathering sink = new Gathering(goOn);
        AuditLog log = AuditLog.start(sink, metrics);
        log.add("first");
        sink.begun.await();
        for (int line = 1; line <= 6; line++) {
            log.add("line " + line);
        }

        goOn.countDown();
        log.close();

        assertThat(sink.written)
                .containsExactly(
                        List.of("first"), List.of("line 1", "line 2", "line 3", "line 4"), List.of("line 5", "line 6"));
        assertThat(count("written")).isEqualTo(7);
        assertThat(sink.closed).isTrue();
    }

    private double count(String result) {
        return registry.get("mcp_broker_audit_lines")
                .tag("result", result)
                .counter()
                .count();
    }

    /** Takes four lines at a time, the first ones when it is told to. */
    private static final class Gathering implements AuditSink {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn;
        private final List<List<String>> written = new CopyOnWriteArrayList<>();
        private volatile boolean closed;

        Gathering(CountDownLatch goOn) {
            this.goOn = goOn;
        }

        @Override
        public int most() {
            return 4;
        }

        @Override
        public void write(List<String> lines) throws IOException {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
            written.add(lines);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A disk without space. */
    private static final class Full extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            throw new IOException("no space left");
        }
    }

    /** Takes nothing until it is told to. */
    private static final class Hanging extends OutputStream {
        private final OutputStream target;
        private final CountDownLatch begun;
        private final CountDownLatch goOn;

        Hanging(OutputStream target, CountDownLatch begun, CountDownLatch goOn) {
            this.target = target;
            this.begun = begun;
            this.goOn = goOn;
        }

        @Override
        public void write(int octet) throws IOException {
            target.write(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            target.write(bytes, offset, length);
        }
    }
}
