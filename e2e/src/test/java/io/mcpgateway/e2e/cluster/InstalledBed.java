package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;

/** The installed product, for tests of other packages that run commands. */
public final class InstalledBed {
    private InstalledBed() {}

    /** Installs it if that has not happened yet; returns what a user knows then, as shell variables. */
    public static Map<String, String> variables() {
        Installation installation = Installation.ready();
        installation.awaitTools(
                installation.url(),
                "the tools of both servers",
                tools -> tools.contains("test1_greet") && tools.contains("test2_hello_world"));
        return Map.of(
                "PROJECT",
                installation.project().root().toString(),
                "MCP_HOST",
                Installation.PUBLIC_HOST + ":" + installation.port(Installation.GATEWAY));
    }

    /** Adds a line to the table that scripts/e2e.sh prints. */
    public static void report(String what, boolean well, double seconds) {
        String line = String.format(Locale.ROOT, "%-105s %-8s %6.1f s%n", what, well ? "ok" : "FAILED", seconds);
        System.out.print("    " + line);
        try {
            Files.writeString(
                    ProjectFolder.locate().resolve("e2e/target/bed-scenarios.txt"),
                    line,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the table", e);
        }
    }
}
