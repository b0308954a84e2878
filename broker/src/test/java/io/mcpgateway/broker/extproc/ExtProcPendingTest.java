package io.mcpgateway.broker.extproc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Decisions that wait for a backend session, off the event loop. */
class ExtProcPendingTest {
    private final FakeDispatcher dispatcher = new FakeDispatcher();
    private final Processor processor = new Processor(dispatcher, 2);

    @AfterEach
    void stop() {
        processor.close();
    }

    @Test
    void aCallThatNeedsABackendSessionIsAnsweredWhenItIsThere() {
        CountDownLatch session = new CountDownLatch(1);
        dispatcher.withBody = FakeDispatcher::callServer;
        dispatcher.finished = () -> awaited(session, FakeDispatcher.forward(Optional.empty()));

        Processor.Stream stream = processor.open().send("h", "B", "t");
        assertThat(stream.names()).isEmpty();
        session.countDown();

        await().untilAsserted(() -> assertThat(stream.names()).containsExactly("qh", "qb", "qt"));
    }

    @Test
    void aCallWhoseOtherEndHalfClosesIsStillAnswered() {
        CountDownLatch session = new CountDownLatch(1);
        dispatcher.withBody = FakeDispatcher::callServer;
        dispatcher.finished = () -> awaited(session, FakeDispatcher.reject(502));

        Processor.Stream stream = processor.open().send("hb", "B");
        stream.halfClose();
        assertThat(stream.ended).isNotDone();
        session.countDown();

        await().untilAsserted(() -> assertThat(stream.ended).isCompletedWithValue(Status.OK));
        assertThat(stream.names()).containsExactly("qh", "!502");
    }

    @Test
    void aBugWhileMakingTheSessionIsOne500() {
        dispatcher.withBody = FakeDispatcher::callServer;
        dispatcher.finished = () -> {
            throw new IllegalStateException("bug");
        };

        Processor.Stream stream = processor.open().send("h", "B");

        await().untilAsserted(() -> assertThat(stream.ended).isCompletedWithValue(Status.OK));
        assertThat(stream.names()).containsExactly("!500");
    }

    @Test
    void nothingIsSentOnceTheStreamWasCancelled() {
        CountDownLatch session = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        dispatcher.withBody = FakeDispatcher::callServer;
        dispatcher.finished = () -> {
            try {
                return awaited(session, FakeDispatcher.forward(Optional.empty()));
            } finally {
                finished.countDown();
            }
        };
        Processor.Stream stream = processor.open().send("h", "B");

        stream.cancel();
        session.countDown();

        await().until(() -> finished.getCount() == 0);
        assertThat(stream.ended.join().getCode()).isEqualTo(Status.Code.CANCELLED);
        assertThat(stream.names()).isEmpty();
        // The place of the cancelled call is free again.
        dispatcher.finished = () -> FakeDispatcher.forward(Optional.empty());
        List<Processor.Stream> next = List.of(processor.open().send("h", "B"), processor.open());
        await().untilAsserted(() -> assertThat(next.getFirst().names()).containsExactly("qh", "qb"));
    }

    @Test
    void moreCallsThanMayWaitAreToldToTryAgain() {
        CountDownLatch session = new CountDownLatch(1);
        dispatcher.withBody = FakeDispatcher::callServer;
        dispatcher.finished = () -> awaited(session, FakeDispatcher.forward(Optional.empty()));
        Processor.Stream first = processor.open().send("h", "B");
        Processor.Stream second = processor.open().send("h", "B");

        Processor.Stream third = processor.open().send("h", "B");

        assertThat(third.names()).containsExactly("!503");
        assertThat(third.replies.getFirst().getImmediateResponse().getBody().toStringUtf8())
                .contains("too many");
        session.countDown();
        await().untilAsserted(() -> {
            assertThat(first.names()).containsExactly("qh", "qb");
            assertThat(second.names()).containsExactly("qh", "qb");
        });
    }

    @Test
    void messagesDuringADecisionAreBounded() {
        CountDownLatch never = new CountDownLatch(1);
        dispatcher.withBody = FakeDispatcher::callServer;
        dispatcher.finished = () -> awaited(never, FakeDispatcher.reject(500));
        Processor.Stream stream = processor.open().send("h", "B");

        for (int message = 0; message < 17; message++) {
            stream.send("rb");
        }

        assertThat(stream.names()).containsExactly("!500");
        never.countDown();
    }

    static <T> T awaited(CountDownLatch latch, T result) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return result;
    }
}
