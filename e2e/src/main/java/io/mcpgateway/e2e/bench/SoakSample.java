package io.mcpgateway.e2e.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The resources of a process at one moment.
 *
 * @param heapKibibytes heap in use after a full collection
 * @param sessions that are open at the server of calls between the eras
 */
record SoakSample(
        Duration at,
        long operations,
        long heapKibibytes,
        long residentMebibytes,
        long files,
        long threads,
        long sessions) {
    /** Growth that is not a leak: normal variation of a JVM, and what is in use at this moment. */
    private static final long GROWTH_PERCENT = 110;

    private static final long HEAP_SLACK = 4 * 1024;
    private static final long RESIDENT_SLACK = 16;
    private static final long FILES_SLACK = 24;
    private static final long THREADS_SLACK = 8;
    private static final long SESSIONS_SLACK = 8;

    static SoakSample take(ProcessMeter process, Duration at, long operations, long sessions) throws IOException {
        return new SoakSample(
                at,
                operations,
                process.heapKibibytes(),
                Math.round(process.residentMebibytes()),
                process.openFiles(),
                process.threads(),
                sessions);
    }

    /** The median of each figure. */
    static SoakSample median(List<SoakSample> samples) {
        SoakSample last = samples.getLast();
        return new SoakSample(
                last.at,
                last.operations,
                middle(samples, Comparator.comparingLong(SoakSample::heapKibibytes)).heapKibibytes,
                middle(samples, Comparator.comparingLong(SoakSample::residentMebibytes)).residentMebibytes,
                middle(samples, Comparator.comparingLong(SoakSample::files)).files,
                middle(samples, Comparator.comparingLong(SoakSample::threads)).threads,
                middle(samples, Comparator.comparingLong(SoakSample::sessions)).sessions);
    }

    /** Descriptions of everything that has grown since; empty if nothing has. */
    List<String> grownSince(SoakSample early) {
        return java.util.stream.Stream.of(
                        grown("heap in KiB", early.heapKibibytes, heapKibibytes, HEAP_SLACK),
                        grown("resident memory in MiB", early.residentMebibytes, residentMebibytes, RESIDENT_SLACK),
                        grown("open files", early.files, files, FILES_SLACK),
                        grown("threads", early.threads, threads, THREADS_SLACK),
                        grown("server sessions", early.sessions, sessions, SESSIONS_SLACK))
                .filter(problem -> !problem.isEmpty())
                .toList();
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%6d s %9d ops   heap %7d KiB   RSS %4d MiB   %4d files   %3d threads   %3d server sessions",
                at.toSeconds(),
                operations,
                heapKibibytes,
                residentMebibytes,
                files,
                threads,
                sessions);
    }

    private static String grown(String what, long early, long late, long slack) {
        return 100 * late <= GROWTH_PERCENT * early + 100 * slack
                ? ""
                : String.format(Locale.ROOT, "%s grew from %d to %d", what, early, late);
    }

    private static SoakSample middle(List<SoakSample> samples, Comparator<SoakSample> order) {
        return samples.stream().sorted(order).toList().get(samples.size() / 2);
    }
}
