package io.mcpgateway.e2e.docs;

import io.mcpgateway.e2e.guide.Shell;
import io.mcpgateway.e2e.guide.Tally;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Runs the commands of a page in order, in one folder, and keeps variables and functions from block to block. */
final class DocRun {
    private static final String KEEP = """
            [ -f variables ] && . ./variables
            set -aeo pipefail
            trap '{ export -p; declare -f; } > variables' EXIT
            """;

    private DocRun() {}

    /** A test for each block of these pages that runs in this place. */
    static Stream<DynamicTest> of(List<DocPage> pages, boolean onBed, Map<String, String> variables) {
        List<DynamicTest> tests = new ArrayList<>();
        for (DocPage page : pages) {
            List<DocBlock> blocks =
                    page.blocks().stream().filter(block -> block.runs(onBed)).toList();
            if (!blocks.isEmpty()) {
                tests.addAll(page(page, blocks, variables));
            }
        }
        return tests.stream();
    }

    private static List<DynamicTest> page(DocPage page, List<DocBlock> blocks, Map<String, String> variables) {
        Path folder = ProjectFolder.locate()
                .resolve("e2e/target/docs")
                .resolve(page.name().replace('/', '-'));
        Shell shell = Shell.fresh(folder, variables);
        Tally tally = new Tally();
        tally.add(page.name() + " beforehand", () -> {
            System.out.println("--> " + page.name());
            shell.must(KEEP + page.beforehand());
        });
        for (DocBlock block : blocks) {
            tally.add(block.toString(), () -> run(shell, block));
        }
        return tally.end(page.name(), () -> shell.must(KEEP + page.afterwards()));
    }

    private static void run(Shell shell, DocBlock block) {
        if (block.mark() instanceof DocBlock.Mark.Run(boolean ignored, var shows)) {
            if (shows.isPresent()) {
                shell.awaitMatch(KEEP + block.text(), shows.get());
            } else {
                shell.must(KEEP + block.text());
            }
            System.out.println("    " + block + " ok");
        }
    }
}
