package io.mcpgateway.broker.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/architecture.md names types; each of them must exist, so that the text cannot rot unnoticed. The controller's part
 * is checked by the controller.
 */
class ArchitectureDocTest {
    private static final Pattern TYPE = Pattern.compile("`((?:[a-z0-9]+\\.)*)([A-Z][A-Za-z0-9]+)`");
    private static final Pattern CONTROLLER =
            Pattern.compile("^## The controller$.*^(?=## Decision records$)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void everyNamedTypeExists() throws IOException {
        Set<String> missing = new TreeSet<>();
        int named = 0;
        String text = Files.readString(ROOT.resolve("docs/architecture.md"));
        Matcher matcher = TYPE.matcher(CONTROLLER.matcher(text).replaceFirst(""));
        while (matcher.find()) {
            String packageName = matcher.group(1);
            String type = matcher.group(2);
            if (packageName.isEmpty() && Set.of("CallServer").contains(type)) {
                continue;
            }
            named++;
            if (!exists(packageName, type)) {
                missing.add(packageName + type);
            }
        }
        assertThat(named).isGreaterThan(40);
        assertThat(missing).isEmpty();
    }

    /** Whoever follows a call or a change reads no more than these; what else runs is beside the path. */
    @Test
    void aCallIsFollowedThroughTenTypesAndAChangeThroughEight() throws IOException {
        assertThat(types(steps("## 1. A tools/call"), 0)).hasSizeBetween(5, 10);
        assertThat(types(steps("### A change of a registration"), 2)).hasSizeBetween(5, 8);
    }

    /** The rows of the first table below a heading. */
    private static List<String> steps(String heading) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("docs/architecture.md"));
        return lines.subList(lines.indexOf(heading), lines.size()).stream()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    /** @param column the only one that counts; 0 for all */
    private static Set<String> types(List<String> rows, int column) {
        Set<String> types = new TreeSet<>();
        for (String row : rows) {
            Matcher matcher = TYPE.matcher(column == 0 ? row : row.split("\\|", -1)[column]);
            while (matcher.find()) {
                if (!matcher.group(1).isEmpty()) {
                    types.add(matcher.group(2));
                }
            }
        }
        return types;
    }

    private static boolean exists(String packageName, String type) {
        String folders = packageName.replace('.', '/');
        String api = "api-crds/src/main/java/";
        String broker = "broker/src/main/java/io/mcpgateway/broker/";
        String tests = "broker/src/test/java/io/mcpgateway/broker/architecture/";
        return packageName.startsWith("io.")
                ? Files.exists(ROOT.resolve(api + folders + type + ".java"))
                : Files.exists(ROOT.resolve(broker + folders + type + ".java"))
                        || Files.exists(ROOT.resolve(tests + type + ".java"));
    }
}
