package io.mcpgateway.broker.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Puts the seeds of every target into files, where Jazzer looks for them, and prints each target's name and class. */
final class SeedFiles {
    private SeedFiles() {}

    public static void main(String[] line) throws IOException {
        for (Target target : Target.all()) {
            Path folder = Files.createDirectories(Path.of(line[0], target.label(), "corpus"));
            List<byte[]> seeds = target.seeds();
            for (int index = 0; index < seeds.size(); index++) {
                Files.write(folder.resolve("seed-" + index), seeds.get(index));
            }
            System.out.println(target.label() + " " + target.home().getName());
        }
    }
}
