package io.mcpgateway.broker.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mcpgateway.broker.router.KnownBadRouteHelper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of floors in docs/architecture.md is how the packages of the broker depend on each other. */
class FloorsTest {
    private static final String BASE = "io.mcpgateway.broker";
    private static final Path PAGE = Path.of("..", "docs", "architecture.md");
    private static final Pattern PACKAGE = Pattern.compile("`([a-z]+)`");
    private static final JavaClasses REAL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    private final Map<String, Integer> floors = floors();

    @Test
    void everyPackageHasItsFloor() {
        assertThat(floors.keySet())
                .isEqualTo(REAL.stream().map(FloorsTest::room).collect(Collectors.toSet()));
    }

    @Test
    void noPackageUsesAHigherFloor() {
        assertThat(upwards(REAL)).isEmpty();
    }

    @Test
    void aClassThatDoesIsFound() {
        assertThat(upwards(new ClassFileImporter().importClasses(KnownBadRouteHelper.class)))
                .contains("router uses endpoint");
    }

    private Set<String> upwards(JavaClasses classes) {
        Set<String> found = new TreeSet<>();
        for (JavaClass origin : classes) {
            origin.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass())
                    .filter(target -> target.getPackageName().startsWith(BASE))
                    .map(FloorsTest::room)
                    .filter(room -> floor(room) < floor(room(origin)))
                    .forEach(room -> found.add(room(origin) + " uses " + room));
        }
        return found;
    }

    private int floor(String room) {
        return floors.getOrDefault(room, Integer.MAX_VALUE);
    }

    /** The package below the base, without those below it; empty for the root. */
    private static String room(JavaClass type) {
        String below = type.getPackageName().substring(BASE.length());
        return below.isEmpty() ? "" : below.substring(1).split("\\.", 2)[0];
    }

    /** By package, from the top; the root is on the first one. */
    private static Map<String, Integer> floors() {
        Map<String, Integer> floors = new HashMap<>(Map.of("", 0));
        List<String> rows = rows();
        for (int floor = 0; floor < rows.size(); floor++) {
            for (var name = PACKAGE.matcher(rows.get(floor)); name.find(); ) {
                floors.put(name.group(1), floor);
            }
        }
        return floors;
    }

    private static List<String> rows() {
        try {
            List<String> lines = Files.readAllLines(PAGE);
            int head = lines.indexOf("| floor | packages |");
            return lines.subList(head + 2, lines.size()).stream()
                    .takeWhile(line -> line.startsWith("|"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
