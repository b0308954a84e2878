package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints when each scenario begins and ends, and writes one line for each to a file that scripts/e2e.sh prints. */
final class ScenarioReport implements BeforeEachCallback, TestWatcher {
    private static final String FILE = "e2e/target/bed-scenarios.txt";

    private long begin = System.nanoTime();

    @Override
    public void beforeEach(ExtensionContext context) {
        begin = System.nanoTime();
        System.out.printf("--> %s%n", context.getDisplayName());
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        record(context, "ok");
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        record(context, "FAILED");
        System.out.println("    " + cause);
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        record(context, "skipped");
    }

    private void record(ExtensionContext context, String outcome) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        String line = String.format(Locale.ROOT, "%-105s %-8s %6.1f s%n", context.getDisplayName(), outcome, seconds);
        System.out.print("    " + line);
        Path file = ProjectFolder.locate().resolve(FILE);
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
