package io.mcpgateway.broker.bridge.parked;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.limits.ParkedLimits;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random schedules of one client at two replicas: it comes back here or there, twice at once, with an old state, too
 * late, it leaves, a replica ends. The server executes each call once at most, and gets each reply once at most; every
 * request that its client waits for is answered.
 */
@Timeout(120)
class NoCallRunsTwiceTest {
    private static final int SCHEDULES = 60;
    private static final int STEPS = 6;
    private static final Duration PATIENCE = LegacyServerPath.PATIENCE;
    private static final Pattern STATE = Pattern.compile("\"requestState\":\"([^\"]+)\"");
    private static final Pattern ASKED = Pattern.compile("\"(q[0-9]+)\":\\{\"method\"");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));
    private final CountingServer counting = new CountingServer();
    private final List<ParkingBroker> replicas = new ArrayList<>();
    private FakeMcpServer server;
    private ModernClient client;

    /** What the client knows of a round. */
    private record Round(String state, String key) {}

    /** One call and what became of it. */
    private static final class Story {
        private final String run;
        private final List<Round> rounds = new ArrayList<>();
        private int done;
        /** Nothing has happened that may cost the call. */
        private boolean calm = true;

        private Story(String run) {
            this.run = run;
        }

        private String arguments() {
            return "\"name\":\"one_deploy\",\"arguments\":{\"run\":\"" + run + "\"}";
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = FakeMcpServer.start().behave(counting);
        replicas.add(replica());
        replicas.add(replica());
        client = new ModernClient(replicas.getFirst().url(), LegacyServerPath.ALICE, LegacyServerPath.ELICITATION);
    }

    private ParkingBroker replica() throws IOException {
        return new ParkingBroker(server, now::get, new ParkedLimits(0, 0, 0), Duration.ofMillis(1));
    }

    @AfterEach
    void stop() {
        client.close();
        replicas.forEach(ParkingBroker::close);
        server.close();
    }

    @Test
    void whateverHappensACallRunsOnceAndEverybodyIsAnswered() throws Exception {
        Random random = new Random(20_261_130);
        int finished = 0;
        for (int schedule = 0; schedule < SCHEDULES; schedule++) {
            Story story = new Story("r-" + schedule + "." + random.nextInt(4));
            List<String> told = new ArrayList<>();
            read(story, client.at(any(random).url()).call("tools/call", story.arguments(), ""), told);
            for (int step = 0; step < STEPS && !story.rounds.isEmpty(); step++) {
                step(story, random, told);
            }
            String history = "schedule " + schedule + " " + told;
            assertThat(counting.executions).as(history).containsEntry(story.run, 1);
            assertThat(story.done).as(history).isLessThanOrEqualTo(1);
            finished += story.done;
        }
        assertThat(counting.replies)
                .allSatisfy((question, times) ->
                        assertThat(times).as("replies to %s", question).isEqualTo(1));
        // Otherwise the schedules would show nothing.
        assertThat(finished).isBetween(SCHEDULES / 4, SCHEDULES - 5);
    }

    private void step(Story story, Random random, List<String> told) throws Exception {
        switch (random.nextInt(10)) {
            case 0 -> {
                told.add("old state");
                Round old = story.rounds.get(random.nextInt(story.rounds.size()));
                read(story, back(story, old, random), told);
            }
            case 1 -> {
                told.add("twice at once");
                CompletableFuture<HttpResponse<String>> first = later(story, random);
                CompletableFuture<HttpResponse<String>> second = later(story, random);
                read(story, first.get(), told);
                read(story, second.get(), told);
            }
            case 2 -> {
                told.add("leaves");
                story.calm = false;
                leave(later(story, random), random);
            }
            case 3 -> {
                told.add("too late");
                story.calm = false;
                now.updateAndGet(before -> before.plus(PATIENCE));
                replicas.forEach(replica -> replica.calls.sweep());
            }
            case 4 -> {
                told.add("a replica ends");
                story.calm = false;
                int which = random.nextInt(replicas.size());
                replicas.set(which, replica(replicas.get(which)));
            }
            default -> {
                told.add("back");
                int done = story.done;
                int rounds = story.rounds.size();
                read(story, back(story, story.rounds.getLast(), random), told);
                if (story.calm && done == 0) {
                    assertThat(story.done + story.rounds.size())
                            .as("a client that comes back gets on: %s", told)
                            .isGreaterThan(rounds);
                }
            }
        }
    }

    /** One that ends, and another one in its place. */
    private ParkingBroker replica(ParkingBroker ending) throws IOException {
        ending.close();
        return replica();
    }

    private ParkingBroker any(Random random) {
        return replicas.get(random.nextInt(replicas.size()));
    }

    private HttpResponse<String> back(Story story, Round round, Random random)
            throws IOException, InterruptedException {
        return client.at(any(random).url()).call("tools/call", repeated(story, round), "");
    }

    private CompletableFuture<HttpResponse<String>> later(Story story, Random random) {
        return client.at(any(random).url()).later("tools/call", repeated(story, story.rounds.getLast()), "");
    }

    private static String repeated(Story story, Round round) {
        return story.arguments() + ","
                + LegacyServerPath.responses(round.state(), "\"" + round.key() + "\":" + LegacyServerPath.ACCEPT);
    }

    /** At once, or when it has its answer, which it then does not read. */
    private static void leave(CompletableFuture<HttpResponse<String>> request, Random random)
            throws InterruptedException, ExecutionException {
        try {
            request.get(random.nextInt(3), TimeUnit.MILLISECONDS);
        } catch (TimeoutException leaves) {
            request.cancel(true);
        }
    }

    private static void read(Story story, HttpResponse<String> answer, List<String> told) {
        String body = answer.body();
        Matcher state = STATE.matcher(body);
        Matcher key = ASKED.matcher(body);
        told.add(body.length() > 160 ? body.substring(0, 160) : body);
        assertThat(body).as("an answer, HTTP %s", answer.statusCode()).contains("\"id\":\"c-");
        if (state.find() && key.find()) {
            story.rounds.add(new Round(state.group(1), key.group(1)));
        } else if (body.contains("\"result\"")) {
            assertThat(body).contains("done");
            story.done++;
        } else {
            assertThat(body).contains("\"error\":{\"code\":-3260");
        }
    }
}
