package io.mcpgateway.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What can be tested of the pages without a cluster. {@link DocsBedTest} runs the blocks for the bed. */
class DocsTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    private final List<DocPage> pages = DocPage.all();

    @Test
    void everyCommandIsRunOrSaysWhyNot() {
        assertThat(commands().filter(block -> block.makeTargets().isEmpty()))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(block.mark())
                        .as(
                                "%s needs a comment above its fence: 'run on the bed', 'run here' or 'not run: REASON'",
                                block)
                        .isInstanceOfAny(DocBlock.Mark.Run.class, DocBlock.Mark.NotRun.class));
    }

    @Test
    void everyMakeTargetExists() throws IOException {
        String makefile = Files.readString(ProjectFolder.locate().resolve("Makefile"));
        assertThat(commands().flatMap(block -> block.makeTargets().stream()))
                .isNotEmpty()
                .allSatisfy(target -> assertThat(makefile).contains("\n" + target + ":"));
    }

    @Test
    void everyYamlParses() {
        YAMLMapper yaml = new YAMLMapper();
        assertThat(pages.stream().flatMap(page -> page.blocks().stream()).filter(DocBlock::isYaml))
                .isNotEmpty()
                .allSatisfy(block -> {
                    try (var documents = yaml.readerFor(JsonNode.class).<JsonNode>readValues(block.text())) {
                        assertThat(documents.readAll()).as(block.toString()).isNotEmpty();
                    }
                });
    }

    @Test
    void everyLinkLeadsSomewhere() {
        Map<String, String> broken = new TreeMap<>();
        for (DocPage page : pages) {
            Matcher links = LINK.matcher(page.withoutBlocks().replaceAll("`[^`\n]*`", ""));
            while (links.find()) {
                complaint(page, links.group(1)).ifPresent(why -> broken.put(page.name() + " " + links.group(1), why));
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void theIndexNamesEveryPage() {
        DocPage index = pages.stream()
                .filter(page -> page.name().equals("docs/README.md"))
                .findFirst()
                .orElseThrow();
        assertThat(pages.stream()
                        .map(DocPage::name)
                        .filter(name -> name.startsWith("docs/") && !name.equals("docs/README.md"))
                        .map(name -> name.substring("docs/".length())))
                .allSatisfy(name -> assertThat(index.text()).contains("](" + name + ")"));
    }

    /** {@code make docs} would fail too. */
    @Test
    void theMenuOfTheWebsiteNamesEveryPageOnce() throws IOException {
        String menu = Files.readString(ProjectFolder.locate().resolve("e2e/foreign/mkdocs/mkdocs.yml"));
        List<String> named = menu.substring(menu.indexOf("\nnav:"))
                .lines()
                .filter(line -> line.endsWith(".md"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
        assertThat(named).doesNotHaveDuplicates();
        assertThat(pages.stream().map(DocPage::name).filter(name -> !name.equals("docs/README.md")))
                .allSatisfy(name -> assertThat(named).contains(name));
    }

    @Test
    void theListOfDecisionsNamesEveryOne() throws IOException {
        Path folder = ProjectFolder.locate().resolve("docs/adr");
        String list = Files.readString(folder.resolve("README.md"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(list).contains("](" + name + ")"));
        }
    }

    @TestFactory
    Stream<DynamicTest> commandsThatNeedNoCluster() {
        ProjectFolder project = ProjectFolder.locate();
        return DocRun.of(
                pages,
                false,
                Map.of(
                        "PROJECT",
                        project.root().toString(),
                        "JAVA",
                        ProjectFolder.java(),
                        "JAVA_HOME",
                        System.getProperty("java.home")));
    }

    private Stream<DocBlock> commands() {
        return pages.stream().flatMap(page -> page.blocks().stream()).filter(DocBlock::isCommand);
    }

    private Optional<String> complaint(DocPage page, String link) {
        if (link.startsWith("https://") || link.startsWith("mailto:")) {
            return Optional.empty();
        }
        if (link.startsWith("http://")) {
            return Optional.of("not https");
        }
        String[] parts = link.split("#", 2);
        Path folder = page.file().resolveSibling("");
        Path target =
                parts[0].isEmpty() ? page.file() : folder.resolve(parts[0]).normalize();
        if (!Files.exists(target)) {
            return Optional.of("no such file");
        }
        if (parts.length == 1) {
            return Optional.empty();
        }
        boolean found = target.toString().endsWith(".md")
                && DocPage.at(target).anchors().contains(parts[1]);
        return found ? Optional.empty() : Optional.of("no such heading");
    }
}
