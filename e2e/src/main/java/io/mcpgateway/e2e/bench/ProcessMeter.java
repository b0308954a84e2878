package io.mcpgateway.e2e.bench;

import io.mcpgateway.e2e.process.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Figures about a process from the kernel and the JVM. Linux only. */
public record ProcessMeter(long pid) implements CpuMeter {
    private static final long MICROS_PER_TICK = 10_000;
    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");

    @Override
    public long cpuMicros() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
    }

    /** Resident memory in MiB. */
    public double residentMebibytes() throws IOException {
        return statusValue("VmRSS") / 1024.0;
    }

    long threads() throws IOException {
        return statusValue("Threads");
    }

    long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(proc("fd"))) {
            return files.count();
        }
    }

    /** Used heap in KiB after a full collection. */
    public long heapKibibytes() throws IOException {
        RunningJvm jvm = new RunningJvm(pid);
        jvm.command("GC.run");
        String info = jvm.command("GC.heap_info");
        Matcher used = HEAP_USED.matcher(info.split("Metaspace", 2)[0]);
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1));
        }
        if (sum == 0) {
            throw new IOException("no heap in: " + info);
        }
        return sum;
    }

    private long statusValue(String name) throws IOException {
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElseThrow(() -> new IOException("no " + name + " of process " + pid));
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }
}
