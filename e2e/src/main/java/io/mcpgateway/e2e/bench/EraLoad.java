package io.mcpgateway.e2e.bench;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.process.ServerEntry;
import io.mcpgateway.e2e.words.AskedCaller;
import io.mcpgateway.e2e.words.Caller;
import io.mcpgateway.e2e.words.Caller.Kind;
import io.mcpgateway.e2e.words.Caller.Outcome;
import io.mcpgateway.e2e.words.Cell;
import io.mcpgateway.e2e.words.Era;
import io.mcpgateway.e2e.words.Executions;
import io.mcpgateway.e2e.words.WordServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients and servers of both eras of MCP: plain calls, questions and calls that are parked meanwhile, clients that do
 * not come back, subscriptions. Each answer is checked for being the caller's own.
 */
final class EraLoad implements AutoCloseable {
    private static final String LEGACY = "words";
    private static final String MODERN = "words-modern";
    private static final String EXPIRED = "session expired";
    private static final int ERRORS_KEPT = 20;
    /** One call in so many is given up while its server waits for the client. */
    private static final int LEAVES = 10;

    private static final Set<Kind> ASKED = EnumSet.of(Kind.IS_ASKED, Kind.COMES_BACK);
    private static final List<Kind> AT_LEGACY =
            List.of(Kind.HAS_A_CREDENTIAL, Kind.ANONYMOUS, Kind.COMES_BACK, Kind.COMES_BACK);
    private static final List<Kind> AT_MODERN = List.of(
            Kind.KEEPS_ITS_SESSION,
            Kind.ALWAYS_NEW,
            Kind.IS_ASKED,
            Kind.HAS_A_CREDENTIAL,
            Kind.COMES_BACK,
            Kind.LISTENS);

    private final Executions executions = new Executions();
    private final WordServer legacy = WordServer.start(0, Era.LEGACY, executions);
    private final WordServer modern = WordServer.start(0, Era.MODERN, executions);
    private final Map<Cell, AtomicInteger> calls = new EnumMap<>(Cell.class);
    private final AtomicInteger left = new AtomicInteger();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    private EraLoad() throws IOException {
        for (Cell cell : Cell.values()) {
            calls.put(cell, new AtomicInteger());
        }
    }

    /** The servers, without load. */
    static EraLoad create() throws IOException {
        return new EraLoad();
    }

    List<ServerEntry> servers() {
        return List.of(ServerEntry.of(LEGACY, legacy.url()), ServerEntry.of(MODERN, modern.url()));
    }

    /** Starts clients that together make this number of calls per second. */
    void start(URI gateway, int perSecond) {
        Duration pause = Duration.ofSeconds(AT_LEGACY.size() + AT_MODERN.size()).dividedBy(perSecond);
        AT_LEGACY.forEach(kind -> start(gateway, kind, Era.LEGACY, pause));
        AT_MODERN.forEach(kind -> start(gateway, kind, Era.MODERN, pause));
    }

    long operations() {
        return calls.values().stream().mapToLong(AtomicInteger::get).sum() + left.get();
    }

    /** The sessions that the broker and its clients have at the legacy server. */
    int sessions() {
        return legacy.sessions();
    }

    /** The first errors, and calls that were executed more than once. */
    List<String> errors() {
        List<String> all = new ArrayList<>(errors);
        executions.repeated().forEach(call -> all.add("executed more than once: " + call));
        return all;
    }

    /** The table of answered calls. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        calls.forEach((cell, count) -> {
            if (count.get() > 0) {
                lines.add(String.format(Locale.ROOT, "%-16s %8d answered", cell.label(), count.get()));
            }
        });
        lines.add(String.format(Locale.ROOT, "%-16s %8d", "given up", left.get()));
        return lines;
    }

    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(60));
        }
    }

    @Override
    public void close() {
        stopped = true;
        legacy.close();
        modern.close();
    }

    private void start(URI gateway, Kind kind, Era server, Duration pause) {
        int number = threads.size();
        threads.add(Thread.ofVirtual()
                .name("era-client-" + number)
                .start(() -> work(gateway, number, kind, server, pause)));
    }

    private void work(URI gateway, int number, Kind kind, Era server, Duration pause) {
        String prefix = (server == Era.LEGACY ? LEGACY : MODERN) + "_";
        Cell cell = Cell.of(kind, server);
        try (McpClient connection = McpClient.of(gateway)) {
            while (!stopped) {
                try (Caller caller = Caller.connect(number, kind, prefix, connection)) {
                    callUntilExpired(cell, kind, caller, pause);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            fail(cell.label() + ", " + kind + " gave up: " + e);
        }
    }

    /** Until its session has expired; then clients start a new one. */
    private void callUntilExpired(Cell cell, Kind kind, Caller caller, Duration pause) throws InterruptedException {
        for (int turn = 1; !stopped; turn++) {
            if (turn % LEAVES == 0 && ASKED.contains(kind) && caller instanceof AskedCaller asked) {
                leave(cell, asked);
            } else {
                Outcome outcome = caller.call();
                if (outcome.reply().filter(EraLoad::isExpired).isPresent()) {
                    return;
                }
                judge(cell, outcome);
            }
            Thread.sleep(pause);
        }
    }

    private void leave(Cell cell, AskedCaller caller) {
        try {
            caller.begin().leave();
            left.incrementAndGet();
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains(EXPIRED)) {
                fail(cell.label() + ": " + e);
            }
        }
    }

    private void judge(Cell cell, Outcome outcome) {
        if (outcome.isAnswer() && !outcome.namesAnotherCall()) {
            Objects.requireNonNull(calls.get(cell)).incrementAndGet();
        } else {
            fail(cell.label() + ", " + outcome.word() + ": "
                    + outcome.reply().map(Reply::toString).or(outcome::failure).orElse("nothing"));
        }
    }

    private static boolean isExpired(Reply reply) {
        return reply.status() == 404 && reply.body().contains(EXPIRED);
    }

    private void fail(String what) {
        if (errors.size() < ERRORS_KEPT) {
            errors.add(what);
        }
    }
}
