package io.mcpgateway.e2e.guide;

import io.mcpgateway.e2e.cluster.InstalledBed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** A group of tests with one line in the table of scenarios. */
public final class Tally {
    private final List<DynamicTest> tests = new ArrayList<>();
    private long begin;
    private int failed;

    /** Adds a test; the time starts with the first one. */
    public void add(String name, Executable work) {
        boolean first = tests.isEmpty();
        tests.add(DynamicTest.dynamicTest(name, () -> {
            if (first) {
                begin = System.nanoTime();
            }
            counting(work);
        }));
    }

    /** Adds the last test, which also writes the line with this name. */
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
