package io.mcpgateway.broker.search;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures tool search on the tools and questions of the tests: time for an index, time for a search, memory. On a busy
 * machine, look at the processor time: the other one has the waiting in it. Not a test;
 * start it from an IDE, or with the class path of the tests.
 */
final class ToolSearchBench {
    private static final int WARM_UP = 30;
    private static final int ROUNDS = 20;
    private static final int GARBAGE_COLLECTIONS = 4;

    private ToolSearchBench() {}

    /** Prints a table. */
    public static void main(String[] ignored) {
        List<Served> tools = PublicTools.all();
        List<String> questions = Stream.of("questions.txt", "utterances.txt")
                .flatMap(file -> PublicTools.resource(file).stream())
                .map(line -> line.split(" \\| ", -1)[0])
                .toList();
        long before = heap();
        long start = System.nanoTime();
        ToolIndex index = ToolIndex.of(tools);
        long cold = System.nanoTime() - start;
        long used = heap() - before;
        long found = 0;
        for (int round = 0; round < WARM_UP; round++) {
            for (String question : questions) {
                found += index.search(question, 5, _ -> true).size();
            }
        }
        long[] times = new long[ROUNDS * questions.size()];
        long[] cpu = new long[times.length];
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        for (int i = 0; i < times.length; i++) {
            long cpuFrom = thread.getCurrentThreadCpuTime();
            long from = System.nanoTime();
            found += index.search(questions.get(i % questions.size()), 5, _ -> true)
                    .size();
            times[i] = System.nanoTime() - from;
            cpu[i] = thread.getCurrentThreadCpuTime() - cpuFrom;
        }
        start = System.nanoTime();
        ToolIndex.of(tools);
        long warm = System.nanoTime() - start;
        Arrays.sort(times);
        Arrays.sort(cpu);
        System.out.printf(
                Locale.ROOT,
                "tools %d, searches %d, found %d%nindex: cold %.0f ms, warm %.0f ms, %.2f MiB%nsearch: p50 %.0f us, p99 %.0f us; of processor time p50 %.0f us, p99 %.0f us%n",
                tools.size(),
                times.length,
                found,
                cold / 1e6,
                warm / 1e6,
                used / 1048576.0,
                times[times.length / 2] / 1e3,
                times[(int) (times.length * 0.99)] / 1e3,
                cpu[cpu.length / 2] / 1e3,
                cpu[(int) (cpu.length * 0.99)] / 1e3);
    }

    private static long heap() {
        for (int i = 0; i < GARBAGE_COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
