package io.mcpgateway.e2e.bench;

import static io.mcpgateway.e2e.bench.BenchRuns.text;

import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.Offspring;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ToolMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Opens many sessions on one broker, uses some of them, and ends them all. Exits with 1 if one had an error. */
@Command(
        name = "sessions",
        description = "Holds many sessions open on one broker with its container's memory limit.",
        mixinStandardHelpOptions = true)
public final class Sessions implements Callable<Integer> {
    private static final int WORKERS = 8;
    private static final int ROUNDS = 3;

    @Option(names = "--open", description = "number of open sessions (default: ${DEFAULT-VALUE})")
    private int open = 100_000;

    @Option(names = "--active", description = "number of them that make calls (default: ${DEFAULT-VALUE})")
    private int active = 10_000;

    private final ProjectFolder project = ProjectFolder.locate();

    private Sessions() {}

    public static void main(String[] arguments) {
        Offspring.endsWithUs();
        System.exit(new CommandLine(new Sessions()).execute(arguments));
    }

    /** An action with one session; false if it failed. */
    @FunctionalInterface
    private interface Step {
        boolean run(RawConnection connection, int number) throws IOException;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            Path envoy = ForeignTool.ENVOY.locate(project, Sessions::say);
            Path folder =
                    Files.createTempDirectory(Files.createDirectories(project.resolve("e2e/target")), "sessions-");
            try (BenchBed bed = BenchBed.start(project, envoy, folder, 10)) {
                return run(bed);
            }
        } catch (ToolMissingException e) {
            System.err.println("sessions: " + e.getMessage());
            return 1;
        }
    }

    private int run(BenchBed bed) throws IOException, InterruptedException {
        ProcessMeter broker = bed.broker();
        String[] ids = new String[open];
        each(bed, WORKERS * 100, (connection, _) -> BenchTraffic.end(connection, BenchTraffic.open(connection)));
        long empty = broker.heapKibibytes();
        say(text("before: heap %d KiB, RSS %.0f MiB", empty, broker.residentMebibytes()));
        int errors = each(bed, open, (connection, number) -> {
            ids[number] = BenchTraffic.open(connection);
            return true;
        });
        report(broker, open + " open", empty, open, errors);
        long withOpen = broker.heapKibibytes();
        for (int round = 0; round < ROUNDS; round++) {
            errors += each(bed, active, (connection, number) -> calls(connection, ids[number]));
        }
        report(broker, active + " of them active, " + ROUNDS + " calls each", withOpen, active, errors);
        errors += each(bed, open, (connection, number) -> BenchTraffic.end(connection, ids[number]));
        report(broker, "all ended", empty, open, errors);
        System.out.println(errors + " errors");
        return errors == 0 ? 0 : 1;
    }

    private static boolean calls(RawConnection connection, String session) throws IOException {
        RawConnection.Answer answer =
                connection.exchange(connection.request("POST", BenchTraffic.call(BenchBed.TOOL), Optional.of(session)));
        return answer.status() == 200 && answer.text().contains(BenchBackend.ANSWER);
    }

    private static void report(ProcessMeter broker, String what, long before, int sessions, int errors)
            throws IOException {
        long heap = broker.heapKibibytes();
        say(text(
                "%s: heap %d KiB, %.2f KiB per session, RSS %.0f MiB, %d files, %d threads, %d errors",
                what,
                heap,
                (double) (heap - before) / sessions,
                broker.residentMebibytes(),
                broker.openFiles(),
                broker.threads(),
                errors));
    }

    /** Does something for each number, divided among several connections; returns the number of errors. */
    private static int each(BenchBed bed, int count, Step step) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(WORKERS)) {
            List<Callable<Integer>> parts = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                int first = worker;
                parts.add(() -> part(bed.gatewayPort(), first, count, step));
            }
            int errors = 0;
            for (Future<Integer> part : threads.invokeAll(parts)) {
                errors += part.get();
            }
            return errors;
        } catch (ExecutionException e) {
            throw new IOException("a client failed: " + e.getCause(), e);
        }
    }

    private static int part(int port, int first, int count, Step step) throws IOException {
        int errors = 0;
        try (RawConnection connection = RawConnection.open(port)) {
            for (int number = first; number < count; number += WORKERS) {
                errors += step.run(connection, number) ? 0 : 1;
            }
        }
        return errors;
    }

    private static void say(String line) {
        System.out.println("sessions: " + line);
    }
}
