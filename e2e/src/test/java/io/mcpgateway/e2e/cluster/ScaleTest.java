package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.bench.ProcessMeter;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.scale.picture.Curve;
import io.mcpgateway.e2e.scale.picture.Figure;
import io.mcpgateway.e2e.scale.picture.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Many registrations at once, and how many requests the controller makes for them. With SCALE_POINTS=10,100,500 it does
 * that for each of these numbers, and writes the raw data of the curve to e2e/target/scale/registrations.json.
 */
@BedTest
@Order(91)
class ScaleTest extends ClusterScenario {
    private static final int COUNT = 500;

    /** Requests, or writes of the configuration, that there may be in any case. */
    private static final int FEW = 20;

    private static final String POINTS = "SCALE_POINTS";

    private static final String LABEL = "scale=yes";

    /** Finalizer, mark on the route, status and Event, and the latter two again with the tools, and some statuses in between. */
    private static final int REQUESTS_EACH = 12;

    private static final Duration LIMIT = Duration.ofMinutes(4);
    /** Four group versions every ten seconds, and one round to spare. */
    private static final int DISCOVERY = 4 * 7;

    private static final Duration QUIET = Duration.ofSeconds(60);
    private static final Duration SILENCE = Duration.ofSeconds(8);
    private static final Duration POLL = Duration.ofSeconds(2);

    @Test
    @DisplayName("Scale: 500 registrations at once, all Ready, few requests for each and none when nothing happens")
    void manyRegistrationsMakeFewRequests() throws IOException {
        Subject controller = Subject.of("deployment", "mcp-system", "mcp-gateway-controller");
        afterwards(() -> scaleAndWait(controller, 1));
        afterwards(this::delete);
        scaleAndWait(controller, 0);
        try (ControllerProcess processes = ControllerProcess.through(installation())) {
            ControllerLife life = processes.proxy().begin(Cut.NONE);
            ChildProcess process = processes.start();
            try {
                kubectl()
                        .await(
                                Installation.EXTENSION,
                                "a controller that watches",
                                () -> life.tally().watches("mcpvirtualservers"),
                                watches -> watches > 0);
                life.isOverWithin(POLL);
                List<Measured.Point> points = new ArrayList<>();
                for (int count : counts()) {
                    points.add(measure(life, new ProcessMeter(process.pid()), count));
                }
                if (System.getenv(POINTS) != null) {
                    write(points);
                }
            } finally {
                process.kill();
            }
        }
    }

    private static List<Integer> counts() {
        return Stream.of(Optional.ofNullable(System.getenv(POINTS))
                        .orElse(Integer.toString(COUNT))
                        .split(",", -1))
                .map(Integer::valueOf)
                .toList();
    }

    private void write(List<Measured.Point> points) throws IOException {
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        new Measured(
                        Curve.REGISTRATIONS,
                        LocalDate.now(ZoneOffset.UTC).toString(),
                        1,
                        0,
                        0,
                        Runtime.getRuntime().availableProcessors(),
                        Double.parseDouble(load),
                        0,
                        points)
                .write(installation().project().resolve("e2e/target/scale/registrations.json"));
    }

    private Measured.Point measure(ControllerLife life, ProcessMeter controller, int count) throws IOException {
        long begin = System.nanoTime();
        long before = work(life);
        long written = configs(life);
        kubectl().attempt(objects(count), "create", "-f", "-").orFail();
        double created = (System.nanoTime() - begin) / 1e9;
        awaitCount(life, this::ready, count, limit(count));
        double ready = (System.nanoTime() - begin) / 1e9;
        long requests = work(life) - before;
        long configs = configs(life) - written;
        System.out.printf(
                "    %d registrations: created in %.1f s, all Ready after %.1f s, %d requests (%.1f each),"
                        + " the configuration written %d times%n    %s%n",
                count, created, ready, requests, (double) requests / count, configs, life.tally());
        assertThat(requests).isLessThan((long) REQUESTS_EACH * count + FEW);
        // A write holds what has changed while the one before was on its way: the faster it is, the fewer share one.
        assertThat(configs).as("writes of the configuration").isLessThan(count * 3 / 4 + FEW);

        System.out.printf(
                "    after %.1f s the last Event is written%n", (awaitSilence(life, limit(count)) - begin) / 1e9);
        long settled = work(life);
        long discovered = discovery(life);
        life.isOverWithin(QUIET);
        long quiet = work(life) - settled;
        discovered = discovery(life) - discovered;
        System.out.printf(
                "    in the quiet %d s after: %d requests for objects, %d for the kinds that are served%n",
                QUIET.toSeconds(), quiet, discovered);
        assertThat(quiet).as("requests while nothing happens: " + life.tally()).isZero();
        assertThat(discovered).as("looks at the kinds that are served").isLessThan(DISCOVERY);

        double resident = controller.residentMebibytes();
        awaitCount(life, this::left, 0, limit(count));
        System.out.printf("    all deleted after %.1f s%n", (System.nanoTime() - begin) / 1e9);
        return new Measured.Point(
                count,
                Map.of(
                        Figure.READY, List.of(ready),
                        Figure.REQUESTS, List.of((double) requests / count),
                        Figure.RESIDENT, List.of(resident)));
    }

    private static long configs(ControllerLife life) {
        return life.tally().count(sort -> sort.equals(new ApiTally.Sort("PUT", "secrets", true)));
    }

    private static Duration limit(int count) {
        return LIMIT.multipliedBy(Math.ceilDiv(count, COUNT));
    }

    /** Events are written at a limited rate, so they are last. Returns about when the last request was made. */
    private static long awaitSilence(ControllerLife life, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        long before = -1;
        long now = work(life);
        while (now != before) {
            assertThat(System.nanoTime() - end)
                    .as("requests go on; " + life.tally())
                    .isNegative();
            before = now;
            life.isOverWithin(SILENCE);
            now = work(life);
        }
        return System.nanoTime() - SILENCE.toNanos();
    }

    /**
     * One request for each kind, as kubectl would ask for the deletion of one after the other. The API server may need
     * longer than it lets a request take, and then has done a part.
     */
    private void delete() {
        for (String kind : List.of(
                "mcp.kagenti.com/v1alpha1/namespaces/mcp-test/mcpserverregistrations",
                "gateway.networking.k8s.io/v1/namespaces/mcp-test/httproutes")) {
            kubectl().attempt("", "delete", "--raw", "/apis/" + kind + "?labelSelector=" + LABEL.replace("=", "%3D"));
        }
    }

    private static void awaitCount(ControllerLife life, IntSupplier count, int wanted, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        int now = count.getAsInt();
        while (now != wanted) {
            assertThat(System.nanoTime() - end)
                    .as("%d objects instead of %d; %s", now, wanted, life.tally())
                    .isNegative();
            life.isOverWithin(POLL);
            now = count.getAsInt();
        }
    }

    private int left() {
        delete();
        return (int) kubectl()
                .run("get", "mcpsr,httproutes", "-n", "mcp-test", "-l", LABEL, "-o", "name")
                .lines()
                .count();
    }

    private int ready() {
        String statuses = kubectl()
                .run(
                        "get",
                        "mcpsr",
                        "-n",
                        "mcp-test",
                        "-l",
                        LABEL,
                        "-o",
                        "jsonpath={range .items[*]}{.status.conditions[?(@.type=='Ready')].status}{'\\n'}{end}");
        return (int) statuses.lines().filter("True"::equals).count();
    }

    /** Requests for objects, other than beginning to watch. */
    private static long work(ControllerLife life) {
        return life.tally()
                .count(sort ->
                        !sort.method().equals("WATCH") && !sort.resource().isEmpty());
    }

    /** Requests for what the API server serves, such as {@code /apis/networking.istio.io/v1alpha3}. */
    private static long discovery(ControllerLife life) {
        return life.tally().count(sort -> sort.resource().isEmpty());
    }

    private void scaleAndWait(Subject deployment, int replicas) {
        scale(deployment, replicas);
        awaitReplicas(deployment, replicas);
    }

    private static String objects(int count) {
        List<String> documents = IntStream.range(0, count)
                .mapToObj(number -> "scale-%04d".formatted(number))
                .flatMap(name -> List.of(
                        Yaml.route(name, name + ".mcp.local", "server2"),
                        Yaml.registration(name, name.replace('-', '_') + "_", name))
                        .stream())
                .map(yaml -> yaml.replaceFirst("namespace: mcp-test", "namespace: mcp-test, labels: {scale: \"yes\"}"))
                .toList();
        return String.join("---\n", documents);
    }
}
