package io.mcpgateway.e2e.guide;

import io.mcpgateway.e2e.cluster.InstalledBed;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Runs the guide's table on the bed. */
@Tag("bed")
@Order(50)
class GuideTest {
    private static final GuideTable TABLE = GuideTable.read();
    private static final GuideReport REPORT = new GuideReport(TABLE);

    @TestFactory
    Stream<DynamicTest> guide() {
        Map<String, String> variables = new HashMap<>(InstalledBed.variables());
        Path folder = ProjectFolder.locate().resolve("e2e/target/guide");
        Shell shell = Shell.in(folder, GuideTable.file("prelude.sh"), variables);
        List<DynamicTest> tests = new ArrayList<>();
        for (Scene scene : TABLE.scenes()) {
            tests.addAll(scene(scene, shell.with(scene.variables())));
        }
        return tests.stream();
    }

    @AfterAll
    static void report() {
        REPORT.write();
    }

    private static List<DynamicTest> scene(Scene scene, Shell shell) {
        Tally tally = new Tally();
        tally.add(scene.name() + " begins", () -> {
            System.out.println("--> " + scene.name() + ": " + scene.about());
            shell.must(scene.begin());
        });
        BiConsumer<Check, Runnable> keep = scene.name().equals(GuideTable.HEALTHY) ? REPORT::healthy : REPORT::broken;
        for (Check check : TABLE.checks()) {
            run(check, scene, shell)
                    .ifPresent(work -> tally.add(
                            scene.name() + " " + check.id() + " " + check.about(), () -> keep.accept(check, work)));
        }
        return tally.end("guide, " + scene.name(), () -> shell.must(scene.end()));
    }

    /** What this check does in this scene. */
    private static Optional<Runnable> run(Check check, Scene scene, Shell shell) {
        if (scene.name().equals(GuideTable.HEALTHY)) {
            return check.healthy().map(_ -> () -> check.runHealthy(shell));
        }
        return check.broken()
                .filter(broken -> broken.scene().equals(scene.name()))
                .map(_ -> () -> check.runBroken(shell));
    }
}
