package io.mcpgateway.e2e.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How busy the machine is at one moment, and how much of that is ours. Linux only.
 *
 * @param average load average of the last minute
 * @param nanos when this was
 * @param busyTicks CPU time of everything since the machine started
 * @param ownTicks CPU time of this process and of all that it has started
 */
record MachineLoad(double average, long nanos, long busyTicks, long ownTicks) {
    private static final double TICKS_PER_SECOND = 100;

    static MachineLoad now() throws IOException {
        return new MachineLoad(
                Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]),
                System.nanoTime(),
                busy(),
                Stream.concat(
                                Stream.of(ProcessHandle.current()),
                                ProcessHandle.current().descendants())
                        .mapToLong(process -> own(process.pid()))
                        .sum());
    }

    /** Mean number of cores that programs of others have used since. */
    double coresOfOthersSince(MachineLoad earlier) {
        double ticks = (busyTicks - earlier.busyTicks) - (double) (ownTicks - earlier.ownTicks);
        return Math.max(0, ticks / TICKS_PER_SECOND / ((nanos - earlier.nanos) / 1e9));
    }

    /** All but idle, waiting for disks, and what a hypervisor took. */
    private static long busy() throws IOException {
        String[] fields =
                Files.readString(Path.of("/proc/stat")).split("\n", 2)[0].split(" +", -1);
        return LongStream.of(1, 2, 3, 6, 7)
                .map(index -> Long.parseLong(fields[(int) index]))
                .sum();
    }

    /** With that of children that have ended; 0 of a process that is gone. */
    private static long own(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return LongStream.rangeClosed(11, 14)
                    .map(index -> Long.parseLong(fields[(int) index]))
                    .sum();
        } catch (IOException gone) {
            return 0;
        }
    }
}
