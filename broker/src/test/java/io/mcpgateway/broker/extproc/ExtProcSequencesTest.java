package io.mcpgateway.broker.extproc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.mcpgateway.broker.router.RouteDecision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Whatever comes in whatever order: one reply each, and a clean end. */
class ExtProcSequencesTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<String> KINDS = List.of(
            "h", "h", "h", "h8", "hb", "H", "Hb", "h-old", "h-fds", "h0", "b", "b", "b", "B", "B", "B", "BB", "t", "rh",
            "rh404", "rb", "rt", "?");

    @Test
    void anySequenceOfMessagesIsAnsweredMessageByMessage() {
        FakeDispatcher dispatcher = new FakeDispatcher();
        try (Processor processor = new Processor(dispatcher, 1000)) {
            for (int seed = 0; seed < 3000; seed++) {
                Random random = new Random(seed);
                decideByChance(dispatcher, random.nextInt(5));
                List<String> messages = sequence(random);
                check("seed " + seed + " " + messages, processor.open(), messages);
            }
        }
    }

    @Test
    void streamsDoNotDisturbEachOther() throws Exception {
        FakeDispatcher dispatcher = new FakeDispatcher();
        dispatcher.withBody = FakeDispatcher::callServer;
        dispatcher.finished = () -> FakeDispatcher.forward(Optional.empty());
        try (Processor processor = new Processor(dispatcher, 10_000);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Processor.Stream>> streams = new ArrayList<>();
            for (int client = 0; client < 500; client++) {
                streams.add(clients.submit(() -> {
                    Processor.Stream stream = processor.open().send("h", "b", "B", "rh", "rb");
                    stream.halfClose();
                    return stream;
                }));
            }
            for (Future<Processor.Stream> future : streams) {
                Processor.Stream stream = future.get();
                assertThat(stream.ended).succeedsWithin(SOON).isEqualTo(Status.OK);
                assertThat(stream.names()).containsExactly("qh", "qb", "qb", "ph", "pb");
            }
        }
    }

    private static void decideByChance(FakeDispatcher dispatcher, int choice) {
        dispatcher.withoutBody = () -> choice == 1 ? FakeDispatcher.reject(405) : FakeDispatcher.toBroker();
        dispatcher.withBody = body -> switch (choice) {
            case 0 -> FakeDispatcher.toBroker();
            case 1 -> FakeDispatcher.reject(404);
            case 2 -> FakeDispatcher.forward(Optional.of(body));
            case 3 -> throw new IllegalStateException("bug");
            default -> FakeDispatcher.callServer(body);
        };
        RouteDecision.Complete forward = FakeDispatcher.forward(Optional.empty());
        dispatcher.finished = () -> forward;
    }

    private static List<String> sequence(Random random) {
        List<String> messages = new ArrayList<>();
        int length = 1 + random.nextInt(10);
        for (int message = 0; message < length; message++) {
            messages.add(KINDS.get(random.nextInt(KINDS.size())));
        }
        return messages;
    }

    private static void check(String what, Processor.Stream stream, List<String> messages) {
        stream.send(messages.toArray(String[]::new));
        stream.halfClose();

        assertThat(stream.ended).as(what).succeedsWithin(SOON).isEqualTo(Status.OK);
        List<String> replies = stream.names();
        List<String> owed = new ArrayList<>(messages.stream()
                .map(EnvoyMessages::message)
                .map(EnvoyMessages::replyTo)
                .toList());
        boolean cut = replies.getLast().startsWith("!");
        List<String> answers = cut ? replies.subList(0, replies.size() - 1) : replies;
        assertThat(answers).as(what).noneMatch(reply -> reply.startsWith("!"));
        for (String answer : answers) {
            assertThat(owed.remove(answer))
                    .as(what + " has a message for " + answer + " in " + replies)
                    .isTrue();
        }
        assertThat(!owed.isEmpty()).as(what + " answered by " + replies).isEqualTo(cut);
    }
}
