package io.mcpgateway.e2e.bench;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of the broker's container image, as built by {@code scripts/image.sh root broker}: its Java runtime, its
 * options and its AOT cache, run in place instead of in a container.
 */
public record BrokerImage(Path root) {
    /** The memory limit of the container that the controller creates; the image uses a share of it as heap. */
    public static final String CONTAINER_MEMORY = "-XX:MaxRAM=512m";

    private static final String FOLDER = "e2e/target/broker-image";
    private static final String MAIN_CLASS = "io.mcpgateway.broker.BrokerMain";

    /**
     * The image that {@code scripts/bench.sh} has built.
     *
     * @throws IOException if there is none
     */
    public static BrokerImage of(ProjectFolder project) throws IOException {
        BrokerImage image = new BrokerImage(project.resolve(FOLDER));
        if (!Files.isRegularFile(image.options())) {
            throw new IOException(
                    "no image in " + image.root + "; make it with: scripts/image.sh root broker " + FOLDER);
        }
        return image;
    }

    boolean hasCache() {
        return Files.isRegularFile(root.resolve("app/app.aot"));
    }

    /** The command line up to the program's own arguments; {@code more} comes after the image's options and overrides them. */
    public List<String> launcher(List<String> more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(root.resolve("opt/java/bin/java").toString());
        for (String line : Files.readAllLines(options())) {
            for (String word : line.split(" ", 2)) {
                command.add(word.replace("\"", "").replace("/app/", root + "/app/"));
            }
        }
        command.addAll(more);
        command.add(MAIN_CLASS);
        return command;
    }

    private Path options() {
        return root.resolve("app/java.options");
    }
}
