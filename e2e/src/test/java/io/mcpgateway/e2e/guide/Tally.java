package io.mcpgateway.e2e.guide;

import io.mcpgateway.e2e.cluster.InstalledBed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Tests that belong together, with one line for all of them in the table of scenarios. */
public final class Tally {
    private final List<DynamicTest> tests = new ArrayList<>();
    private long begin;
    private int failed;

    /** One more; the first one begins the time. */
    public void add(String name, Executable work) {
        boolean first = tests.isEmpty();
        tests.add(DynamicTest.dynamicTest(name, () -> {
            if (first) {
                begin = System.nanoTime();
            }
            counting(work);
        }));
    }

    /** The last one, which also writes the line; {@code name} is that of the whole. */
    public List<DynamicTest> end(String name, Executable work) {
        tests.add(DynamicTest.dynamicTest(name + " ends", () -> {
            try {
                counting(work);
            } finally {
                InstalledBed.report(
                        name + ": " + (tests.size() - 2) + " checks" + (failed == 0 ? "" : ", " + failed + " failed"),
                        failed == 0,
                        (System.nanoTime() - begin) / 1e9);
            }
        }));
        return List.copyOf(tests);
    }

    private void counting(Executable work) throws Throwable {
        boolean passed = false;
        try {
            work.execute();
            passed = true;
        } finally {
            if (!passed) {
                failed++;
            }
        }
    }
}
