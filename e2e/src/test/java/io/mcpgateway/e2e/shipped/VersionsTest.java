package io.mcpgateway.e2e.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same version in all places that contain it. */
class VersionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            charts/mcp-gateway/Chart.yaml          | (?m)^version: (.+)$
            charts/mcp-gateway/Chart.yaml          | (?m)^appVersion: "(.+)"$
            config/controller/kustomization.yaml   | newTag: (.+)
            config/controller/deployment.yaml      | value: mcp-gateway:(.+)
            Dockerfile.broker                      | image.version="(.+)"
            Dockerfile.controller                  | image.version="(.+)"
            Dockerfile.sample-server               | image.version="(.+)"
            Dockerfile.broker                      | -t mcp-gateway:(\\S+)
            Dockerfile.controller                  | -t mcp-gateway-controller:(\\S+)
            Dockerfile.sample-server               | -t mcp-gateway-sample-server:(\\S+)
            config/test-servers/kustomization.yaml | newTag: (.+)
            config/samples/own-server.yaml         | image: mcp-gateway-sample-server:(.+)
            config/compose/compose.yaml            | image: mcp-gateway:(.+)
            config/compose/compose.yaml            | image: mcp-gateway-sample-server:(.+)
            docs/docker.md                         | -t mcp-gateway:(\\S+)
            scripts/oci.py                         | VERSION = "(.+)"
            """)
    void everyPlaceNamesThePomsVersion(String file, String pattern) throws IOException {
        String version =
                find("pom.xml", "<artifactId>mcp-gateway-parent</artifactId>\\s*<version>(.+?)(?:-SNAPSHOT)?<");

        assertThat(find(file, pattern)).isEqualTo(version);
    }

    private static String find(String file, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern)
                .matcher(Files.readString(ProjectFolder.locate().resolve(file)));
        assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
        return matcher.group(1);
    }
}
