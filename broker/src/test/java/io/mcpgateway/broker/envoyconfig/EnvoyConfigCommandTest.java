package io.mcpgateway.broker.envoyconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EnvoyConfigCommandTest {
    private static final String ONE = "servers: [{name: a, url: 'http://one/mcp', hostname: a.mcp.local}]\n";

    @TempDir
    private Path directory = Path.of(".");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void writesTheFilesAndNothingElse() throws IOException {
        assertThat(run(ONE)).isZero();

        assertThat(files()).containsExactly("cds.yaml", "envoy.yaml", "lds.yaml", "rds.yaml");
        assertThat(Files.readString(output().resolve("envoy.yaml")))
                .contains(output().resolve("lds.yaml").toString());
        assertThat(out.toString()).contains("wrote").contains("envoy -c");
    }

    @Test
    void aSecondRunReplacesOnlyWhatChanged() throws IOException {
        run(ONE);
        FileTime old = FileTime.fromMillis(0);
        for (String file : files()) {
            Files.setLastModifiedTime(output().resolve(file), old);
        }

        assertThat(run(ONE.replace("http://one/", "http://two/"))).isZero();

        assertThat(Files.getLastModifiedTime(output().resolve("cds.yaml"))).isNotEqualTo(old);
        assertThat(Files.getLastModifiedTime(output().resolve("lds.yaml"))).isEqualTo(old);
        assertThat(out.toString()).contains("wrote cds.yaml, rds.yaml to");
    }

    @Test
    void aBadConfigurationIsReportedAndNothingIsTouched() throws IOException {
        run(ONE);
        String before = Files.readString(output().resolve("rds.yaml"));

        assertThat(run("servers: [{name: a, url: 'ftp://one'}]")).isEqualTo(1);

        assertThat(err.toString()).contains("'url'");
        assertThat(Files.readString(output().resolve("rds.yaml"))).isEqualTo(before);
    }

    @Test
    void eachReplicaIsAnEndpoint() throws IOException {
        assertThat(run(ONE, "--broker", "127.0.0.1:8080,127.0.0.1:8180", "--router", "a:1", "--router", "b:2"))
                .isZero();

        assertThat(Files.readString(output().resolve("cds.yaml")))
                .contains("port_value: 8080", "port_value: 8180", "address: \"a\"", "address: \"b\"");
    }

    @Test
    void aReplicaWithoutPortIsReported() throws IOException {
        assertThat(run(ONE, "--router", "127.0.0.1:50051,other")).isEqualTo(1);

        assertThat(err.toString()).contains("--router").contains("other");
    }

    @Test
    void anAddressThatIsNoneIsReportedWithItsOption() throws IOException {
        assertThat(run(ONE, "--listen", "nonsense")).isEqualTo(1);

        assertThat(err.toString()).contains("--listen").contains("nonsense");
        assertThat(Files.exists(output())).isFalse();
    }

    private int run(String config, String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("config.yaml"), config);
        String[] arguments = Stream.concat(
                        Stream.of(
                                "--output",
                                output().toString(),
                                "--mcp-gateway-config",
                                file.toString(),
                                "--mcp-gateway-public-host",
                                "mcp.example.com"),
                        Stream.of(more))
                .toArray(String[]::new);
        return new CommandLine(new EnvoyConfigCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private Path output() {
        return directory.resolve("envoy");
    }

    private java.util.List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(output())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
