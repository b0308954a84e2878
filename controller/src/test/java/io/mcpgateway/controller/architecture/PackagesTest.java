package io.mcpgateway.controller.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The packages of the controller: which ones each uses, no more and no less, and how large they may be. {@code
 * -Dgolden=update} writes the neighbours into each package-info.
 */
class PackagesTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "mcpgateway", "controller");
    private static final int MOST_TYPES = 20;
    private static final int COLUMNS = 120;
    private static final Pattern IMPORT = Pattern.compile(
            "^import (?:static )?io\\.mcpgateway\\.controller\\.([a-z0-9]+(?:\\.[a-z0-9]+)*)\\.", Pattern.MULTILINE);
    private static final Pattern SENTENCE =
            Pattern.compile("\n \\*\n \\* <p>Neighbours?:.*?\\.(?=\n \\*/)", Pattern.DOTALL);

    /** By package, those that it uses; the root, which wires everything, is not told. */
    private static final Map<String, Set<String>> NEIGHBOURS = neighbours("""
            conditions:
            gatewayapi:
            desired:
            settings:
            health:
            commands:
            migration:
            drift: desired
            fleet: gatewayapi
            reasons:
            marks: conditions gatewayapi
            references: gatewayapi
            secrets: conditions
            extension: conditions desired fleet gatewayapi references secrets
            registration: conditions fleet gatewayapi reasons references secrets
            virtualserver: conditions fleet gatewayapi reasons
            translation: conditions extension gatewayapi references registration virtualserver
            cluster: conditions drift gatewayapi marks references secrets
            brokers: cluster desired fleet gatewayapi
            reconcile: brokers cluster conditions desired extension fleet gatewayapi marks references registration \
            translation virtualserver
            installation: cluster gatewayapi marks settings
            doctor.facts: gatewayapi
            doctor.findings:
            doctor.objects: conditions doctor.facts doctor.findings gatewayapi
            doctor.network: doctor.facts doctor.findings doctor.objects gatewayapi
            doctor.checks: conditions desired doctor.facts doctor.findings doctor.network doctor.objects drift extension fleet gatewayapi \
            references registration translation virtualserver
            doctor.access: cluster doctor.checks doctor.facts gatewayapi
            doctor.reading: cluster doctor.access doctor.checks doctor.facts doctor.objects gatewayapi references
            doctor: cluster commands doctor.access doctor.checks doctor.findings doctor.reading settings
            urls.recipes: conditions
            urls: cluster commands settings urls.recipes
            why.answers: doctor.facts
            trace.answers: doctor.facts
            trace: cluster commands doctor.access doctor.checks doctor.facts doctor.reading settings trace.answers
            why: cluster commands conditions doctor.facts doctor.reading settings why.answers
            """);

    /** Imports, not class files: there, a constant of another package has become a value of one's own. */
    @Test
    void everyPackageUsesItsNeighboursAndNoOther() throws IOException {
        Map<String, Set<String>> used = new TreeMap<>();
        for (String name : packages()) {
            Set<String> own = used.computeIfAbsent(name, _ -> new TreeSet<>());
            for (Path file : types(name)) {
                IMPORT.matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1))
                        .forEach(own::add);
            }
            own.remove(name);
        }

        assertThat(used).isEqualTo(NEIGHBOURS);
    }

    @Test
    void everyPackageInfoNamesTheNeighbours() throws IOException {
        for (Map.Entry<String, Set<String>> entry : NEIGHBOURS.entrySet()) {
            Path file = folder(entry.getKey()).resolve("package-info.java");
            String text = Files.readString(file);
            String wanted = withNeighbours(text, entry.getValue());
            if ("update".equals(System.getProperty("golden")) && !text.equals(wanted)) {
                Files.writeString(file, wanted);
            } else {
                assertThat(text).as(file.toString()).isEqualTo(wanted);
            }
        }
    }

    @Test
    void noPackageIsCrowded() throws IOException {
        for (String name : packages()) {
            assertThat(types(name)).as("types in %s", name).hasSizeLessThanOrEqualTo(MOST_TYPES);
        }
    }

    private static List<String> packages() throws IOException {
        try (Stream<Path> folders = Files.walk(SOURCES)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> !folder.equals(SOURCES))
                    .map(folder -> SOURCES.relativize(folder).toString().replace('/', '.'))
                    .toList();
        }
    }

    private static List<Path> types(String packageName) throws IOException {
        try (Stream<Path> files = Files.list(folder(packageName))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList();
        }
    }

    private static Path folder(String packageName) {
        return SOURCES.resolve(packageName.replace('.', '/'));
    }

    private static String withNeighbours(String text, Set<String> neighbours) {
        String sentence = neighbours.isEmpty()
                ? "<p>Neighbours: none."
                : "<p>Neighbour%s: %s."
                        .formatted(
                                neighbours.size() == 1 ? "" : "s",
                                neighbours.stream()
                                        .map(name -> "{@code " + name + "}")
                                        .collect(Collectors.joining(", ")));
        String block = "\n *\n * " + wrapped(sentence);
        Matcher present = SENTENCE.matcher(text);
        return present.find()
                ? present.replaceFirst(Matcher.quoteReplacement(block))
                : text.replaceFirst("\n \\*/", Matcher.quoteReplacement(block + "\n */"));
    }

    /** Lines of a Javadoc comment, broken at spaces; {@code {@code x}} stays together. */
    private static String wrapped(String sentence) {
        StringBuilder lines = new StringBuilder();
        int column = " * ".length();
        for (String word : sentence.split(" (?![a-z]+})", -1)) {
            if (column + word.length() > COLUMNS) {
                lines.setLength(lines.length() - 1);
                lines.append("\n * ");
                column = " * ".length();
            }
            lines.append(word).append(' ');
            column += word.length() + 1;
        }
        return lines.toString().stripTrailing();
    }

    private static Map<String, Set<String>> neighbours(String table) {
        return table.lines()
                .map(line -> line.split(":"))
                .collect(Collectors.toMap(
                        row -> row[0].strip(),
                        row -> row.length == 1
                                ? new TreeSet<>()
                                : Stream.of(row[1].strip().split(" +")).collect(Collectors.toCollection(TreeSet::new)),
                        (one, _) -> one,
                        TreeMap::new));
    }
}
