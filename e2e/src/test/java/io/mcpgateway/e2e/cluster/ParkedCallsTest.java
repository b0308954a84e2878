package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.fixture.TestFolders;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.RedisProcess;
import io.mcpgateway.e2e.words.AskedCaller;
import io.mcpgateway.e2e.words.AskedCaller.Asked;
import io.mcpgateway.e2e.words.Caller;
import io.mcpgateway.e2e.words.Caller.Kind;
import io.mcpgateway.e2e.words.Caller.Outcome;
import io.mcpgateway.e2e.words.Conduct;
import io.mcpgateway.e2e.words.Era;
import io.mcpgateway.e2e.words.Executions;
import io.mcpgateway.e2e.words.WordServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two replicas behind Istio's Envoy, one of them killed while calls between the eras are in progress. */
@BedTest
@Order(31)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParkedCallsTest {
    /** The bed's bridge, which Pods see as the world outside of the cluster. */
    private static final String OUTSIDE = "10.244.0.1";

    private static final int CALLS = 16;
    private static final Duration AT_ONCE = Duration.ofSeconds(15);

    private static final String LEGACY = "words-legacy";
    private static final String MODERN = "words-modern";

    private final Installation installation = Installation.ready();
    private final Kubectl kubectl = installation.kubectl();
    private final BrokerPods brokers = new BrokerPods(kubectl, Installation.BROKER);
    private final Executions executions = new Executions();
    private final Deque<Undo> undoing = new ArrayDeque<>();
    private List<WordServer> servers = List.of();

    private interface Undo {
        void run() throws Exception;
    }

    @BeforeAll
    void serversAndReplicas() throws Exception {
        servers = List.of(serve(LEGACY, Era.LEGACY), serve(MODERN, Era.MODERN));
        RedisProcess redis = RedisProcess.start(
                Foreign.require(ForeignTool.REDIS), TestFolders.create("parked").resolve("redis.log"), OUTSIDE);
        undoing.push(redis::close);
        apply(Yaml.credential("session-store", "unused")
                .replace("namespace: mcp-test", "namespace: mcp-system")
                .replace("token: unused", "CACHE_CONNECTION_STRING: " + redis.url()));
        undoing.push(() -> replicas(1, "null", String::isEmpty));
        replicas(2, "{\"secretName\":\"session-store\"}", text -> !text.isEmpty());
        kubectl.awaitReady(Subject.registration(LEGACY));
        kubectl.awaitReady(Subject.registration(MODERN));
        for (String pod : brokers.ready()) {
            kubectl.await(
                    Installation.BROKER,
                    pod + " to know both servers",
                    () -> kubectl.run("logs", "-n", "mcp-system", pod, "--tail=-1"),
                    log -> log.contains(LEGACY) && log.contains(MODERN));
        }
    }

    @AfterAll
    void undo() throws Exception {
        while (!undoing.isEmpty()) {
            undoing.pop().run();
        }
    }

    private void replicas(int number, String sessionStore, Predicate<String> inEnvironment) {
        kubectl.run(
                "patch",
                "mcpge",
                "mcp-gateway",
                "-n",
                "mcp-system",
                "--type=merge",
                "-p",
                "{\"spec\":{\"sessionStore\":" + sessionStore + "}}");
        kubectl.await(
                Installation.BROKER,
                "its session store",
                () -> kubectl.field(
                        Installation.BROKER,
                        "{.spec.template.spec.containers[0].env[?(@.name=='CACHE_CONNECTION_STRING')].name}"),
                inEnvironment);
        kubectl.run("scale", "deployment/mcp-gateway", "-n", "mcp-system", "--replicas=" + number);
        brokers.await(number);
    }

    @Test
    @Order(1)
    @DisplayName("Two replicas, one killed while calls are parked: every client gets an answer, no call runs twice")
    void aKilledReplicaLosesItsParkedCallsOnly() throws Exception {
        long before = executions.all();
        List<Asked> asked = begin(Era.MODERN, LEGACY);
        assertThat(executions.all()).isEqualTo(before + CALLS);

        killOne();
        List<Outcome> outcomes = inParallel(asked, Asked::end);

        report("parked at a legacy server", outcomes);
        assertThat(outcomes).allMatch(outcome -> outcome.isAnswer() || isLost(outcome));
        assertThat(outcomes).anyMatch(Outcome::isAnswer).anyMatch(ParkedCallsTest::isLost);
        assertThat(executions.repeated()).isEmpty();
        assertThat(executions.all()).isEqualTo(before + CALLS);
        everythingIsAnswered();
    }

    @Test
    @Order(2)
    @DisplayName("The same for clients of legacy revisions whose calls a server of 2026-07-28 waits for")
    void aKilledReplicaEndsTheStreamsOfItsCallsOnly() throws Exception {
        List<Asked> asked = begin(Era.LEGACY, MODERN);

        killOne();
        List<Outcome> outcomes = inParallel(asked, Asked::end);

        report("waiting at a server of 2026-07-28", outcomes);
        // A stream that has begun can only end: the client knows at once, and no part of the call is made again.
        assertThat(outcomes)
                .allMatch(outcome -> outcome.isAnswer() || outcome.failure().isPresent() || isRefused(outcome));
        assertThat(outcomes).anyMatch(Outcome::isAnswer).anyMatch(outcome -> !outcome.isAnswer());
        assertThat(executions.repeated()).isEmpty();
        everythingIsAnswered();
    }

    @Test
    @Order(3)
    @DisplayName("The same for calls that nobody asks anything: those of one era are answered, others fail honestly")
    void aKilledReplicaHasNoCallMadeTwice() throws Exception {
        servers.forEach(server -> server.takes(Duration.ofSeconds(2)));
        List<Future<List<Outcome>>> sameEra = new ArrayList<>();
        List<Future<List<Outcome>>> bridged = new ArrayList<>();
        CountDownLatch killed = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < CALLS; number += 4) {
                sameEra.add(callOn(threads, number, Kind.KEEPS_ITS_SESSION, LEGACY, killed));
                sameEra.add(callOn(threads, number + 1, Kind.HAS_A_CREDENTIAL, MODERN, killed));
                bridged.add(callOn(threads, number + 2, Kind.KEEPS_ITS_SESSION, MODERN, killed));
                bridged.add(callOn(threads, number + 3, Kind.HAS_A_CREDENTIAL, LEGACY, killed));
            }
            long before = executions.all();
            kubectl.await(Installation.BROKER, "calls in progress", executions::all, calls -> calls >= before + CALLS);
            killOne();
            killed.countDown();
        }
        List<Outcome> undisturbed = all(sameEra);
        List<Outcome> disturbed = all(bridged);

        report("in one era", undisturbed);
        report("between the eras", disturbed);
        assertThat(undisturbed).allMatch(outcome -> outcome.isAnswer() || isUndecided(outcome));
        assertThat(undisturbed.stream().filter(ParkedCallsTest::isUndecided)).hasSizeLessThanOrEqualTo(1);
        assertThat(disturbed).allMatch(outcome -> outcome.isAnswer() || isNotAnswered(outcome) || isUndecided(outcome));
        assertThat(executions.repeated()).isEmpty();
        everythingIsAnswered();
    }

    /** Calls all the time, and some times more after this. */
    private Future<List<Outcome>> callOn(
            ExecutorService threads, int number, Kind kind, String server, CountDownLatch until) throws IOException {
        Caller caller = Caller.connect(number, kind, server + "_", connection());
        return threads.submit(() -> {
            List<Outcome> outcomes = new ArrayList<>();
            for (int after = 0; after < 3; after += until.getCount() == 0 ? 1 : 0) {
                outcomes.add(caller.call());
            }
            return outcomes;
        });
    }

    private WordServer serve(String name, Era era) throws IOException {
        WordServer server = WordServer.start(new InetSocketAddress(OUTSIDE, 0), era, executions);
        undoing.push(server::close);
        apply(Yaml.outside(name, OUTSIDE, server.port()));
        apply(Yaml.route(name, name + ".mcp.local", name));
        apply(Yaml.registration(name, name + "_", name));
        return server;
    }

    private McpClient connection() {
        McpClient connection = McpClient.of(installation.url());
        undoing.push(connection::close);
        return connection;
    }

    private void apply(String yaml) {
        undoing.push(() -> kubectl.delete(yaml));
        kubectl.apply(yaml);
    }

    private interface Task<T, R> {
        R of(T each) throws Exception;
    }

    /** Each at the same time; none may take long. */
    private static <T, R> List<R> inParallel(List<T> all, Task<T, R> task) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> futures = new ArrayList<>();
            for (T each : all) {
                futures.add(threads.submit(() -> task.of(each)));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get(AT_ONCE.toSeconds(), TimeUnit.SECONDS));
            }
            return results;
        }
    }

    private static List<Outcome> all(List<Future<List<Outcome>>> futures) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<List<Outcome>> each : futures) {
            outcomes.addAll(each.get());
        }
        return outcomes;
    }

    private static void report(String what, List<Outcome> outcomes) {
        System.out.println("    " + what + ": " + outcomes.size() + " calls, "
                + outcomes.stream().filter(Outcome::isAnswer).count() + " answered");
        outcomes.stream()
                .filter(outcome -> !outcome.isAnswer())
                .map(outcome -> outcome.reply()
                        .map(Reply::toString)
                        .orElse(outcome.failure().orElse("")))
                .map(text -> text.replaceAll("\\d{2,}", "N"))
                .distinct()
                .limit(5)
                .forEach(text -> System.out.println("      " + text));
    }

    /** Calls of all kinds, after one of the replicas was killed. */
    private void everythingIsAnswered() throws IOException {
        servers.forEach(server -> server.clients(Conduct.WELL));
        brokers.await(2);
        for (String server : List.of(LEGACY, MODERN)) {
            for (Kind kind : List.of(Kind.IS_ASKED, Kind.COMES_BACK, Kind.ALWAYS_NEW, Kind.ANONYMOUS)) {
                Caller caller = Caller.connect(100, kind, server + "_", connection());
                // Until Envoy knows that the killed process is back.
                kubectl.await(Installation.BROKER, kind + " answered by " + server, caller::call, Outcome::isAnswer);
            }
        }
        assertThat(executions.repeated()).isEmpty();
    }

    private List<Asked> begin(Era client, String server) throws Exception {
        McpClient connection = connection();
        List<AskedCaller> callers = new ArrayList<>();
        for (int number = 0; number < CALLS; number++) {
            callers.add(Caller.askable(number, client, server + "_", connection));
        }
        return inParallel(callers, AskedCaller::begin);
    }

    private void killOne() {
        List<String> pods = brokers.ready();
        assertThat(pods).hasSize(2);
        BrokerPods.kill(pods.getFirst());
    }

    /** The honest answer to who comes back for a call whose replica is gone. */
    private static boolean isLost(Outcome outcome) {
        return isError(outcome, -32603, error -> error.contains("was lost"));
    }

    /** The honest answer to who waits for a call whose replica is gone; Envoy's own, until it knows that. */
    private static boolean isNotAnswered(Outcome outcome) {
        int status = outcome.reply().map(Reply::status).orElse(0);
        return switch (status) {
            case 502 -> isError(outcome, -32603, _ -> true) || isError(outcome, -32003, _ -> true);
            case 503 -> outcome.reply().orElseThrow().body().contains("could not be reached");
            default -> false;
        };
    }

    /** Envoy had asked the replica that died what to do with the request, so it was not forwarded. */
    private static boolean isUndecided(Outcome outcome) {
        return outcome.reply()
                .filter(reply -> reply.status() == 500 && reply.body().isEmpty())
                .isPresent();
    }

    private static boolean isRefused(Outcome outcome) {
        return outcome.reply().filter(reply -> reply.status() >= 400).isPresent();
    }

    private static boolean isError(Outcome outcome, int code, Predicate<String> message) {
        return outcome.reply()
                .map(Reply::json)
                .filter(json -> json.path("id").asLong(-1) == outcome.id())
                .filter(json -> json.at("/error/code").asInt() == code)
                .filter(json -> message.test(json.at("/error/message").asText()))
                .isPresent();
    }
}
