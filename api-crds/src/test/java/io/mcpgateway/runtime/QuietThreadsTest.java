package io.mcpgateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuietThreadsTest {
    private final LoggerContext context = new LoggerContext();
    private final ch.qos.logback.classic.Logger log = context.getLogger("somebody");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.setContext(context);
        logged.addFilter(QuietThreads.filter());
        logged.start();
        log.addAppender(logged);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aQuietThreadAndThoseItStartsLogNothing() throws Exception {
        try (QuietThreads quiet = QuietThreads.begin()) {
            Thread thread = quiet.thread("quiet", () -> {
                log.info("itself");
                try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
                        ExecutorService platform = Executors.newSingleThreadExecutor()) {
                    virtual.execute(() -> log.info("a virtual one"));
                    var _ = platform.submit(() -> {
                        Thread.ofVirtual()
                                .start(() -> log.info("its grandchild"))
                                .join();
                        return log;
                    });
                }
            });
            thread.start();
            log.info("somebody else");
            thread.join();
        }

        assertThat(messages()).containsExactly("somebody else");
    }

    @Test
    void aThreadThatIsLeftOverLogsAgain() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Future<?> left;
        try (ExecutorService shared = Executors.newSingleThreadExecutor()) {
            try (QuietThreads quiet = QuietThreads.begin()) {
                Thread starter = quiet.thread("starter", () -> shared.execute(() -> log.info("while quiet")));
                starter.start();
                starter.join();
                shared.submit(() -> log).get();
                left = shared.submit(() -> {
                    over.await();
                    log.info("afterwards");
                    return log;
                });
            }
            over.countDown();
            left.get();
        }

        assertThat(messages()).containsExactly("afterwards");
    }

    private List<String> messages() {
        return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
