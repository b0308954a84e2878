package io.mcpgateway.broker.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
