package io.mcpgateway.e2e.docs;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param beforehand commands in comments that create what the reader already has: {@code <!-- beforehand: LINES -->}
 * @param afterwards commands in comments that clean up: {@code <!-- afterwards: LINES -->}
 */
record DocPage(Path file, String name, String text, List<DocBlock> blocks, String beforehand, String afterwards) {
    private static final String OPEN = "<!-- ";
    private static final String CLOSE = " -->";

    /** README.md, CONTRIBUTING.md and everything in docs/, except the decision records. */
    static List<DocPage> all() {
        Path root = ProjectFolder.locate().root();
        List<DocPage> pages = new ArrayList<>();
        try (Stream<Path> files = Files.list(root.resolve("docs"))) {
            Stream.concat(Stream.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")), files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .forEach(file -> pages.add(read(root, file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(pages);
    }

    /** Any page of the project. */
    static DocPage at(Path file) {
        return read(ProjectFolder.locate().root(), file);
    }

    private static DocPage read(Path root, Path file) {
        try {
            String name = root.relativize(file).toString();
            String text = Files.readString(file);
            return new DocPage(
                    file, name, text, blocks(name, text), comment(text, "beforehand: "), comment(text, "afterwards: "));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The anchors of this page's headings. */
    Set<String> anchors() {
        Set<String> anchors = new TreeSet<>();
        withoutBlocks()
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").replace("`", ""))
                .map(title -> title.toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .forEach(anchors::add);
        return anchors;
    }

    String withoutBlocks() {
        return text.replaceAll("(?sm)^ *```.*?^ *```$", "");
    }

    private static List<DocBlock> blocks(String name, String text) {
        List<DocBlock> blocks = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String fence = lines.get(i).strip();
            if (!fence.startsWith("```")) {
                continue;
            }
            int indent = lines.get(i).indexOf('`');
            String above = i == 0 ? "" : lines.get(i - 1).strip();
            StringBuilder content = new StringBuilder();
            int begin = i + 1;
            for (i++; i < lines.size() && !lines.get(i).strip().equals("```"); i++) {
                String line = lines.get(i);
                content.append(line.substring(Math.min(indent, line.length()))).append('\n');
            }
            blocks.add(new DocBlock(
                    name, begin, fence.substring(3), content.toString(), DocBlock.mark(singleComment(above))));
        }
        return List.copyOf(blocks);
    }

    private static String singleComment(String line) {
        return line.startsWith(OPEN) && line.endsWith(CLOSE)
                ? line.substring(OPEN.length(), line.length() - CLOSE.length())
                : "";
    }

    private static String comment(String text, String kind) {
        StringBuilder lines = new StringBuilder();
        int at = text.indexOf(OPEN + kind);
        while (at >= 0) {
            int end = text.indexOf(CLOSE, at);
            lines.append(text, at + OPEN.length() + kind.length(), end).append('\n');
            at = text.indexOf(OPEN + kind, end);
        }
        return lines.toString();
    }
}
