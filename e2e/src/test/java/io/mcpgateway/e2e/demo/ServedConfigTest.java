package io.mcpgateway.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server a listed tool is of, in the demo's table. */
class ServedConfigTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aConfigYamlSaysThePrefixes() throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), """
                servers:
                - {name: team/weather, url: "http://127.0.0.1:1/mcp", toolPrefix: w_}
                """);

        assertThat(ServedConfig.prefixes(file)).containsExactly(new ServedConfig.Prefix("team/weather", "w_"));
    }

    @Test
    void aClientsFileHasThemAsNames() throws IOException {
        Path file = Files.writeString(folder.resolve("mcp.json"), """
                {"mcpServers": {"my weather.v2": {"url": "http://127.0.0.1:1/mcp"}}}
                """);
        Path ofVsCode = Files.writeString(folder.resolve("vscode.json"), """
                {"servers": {"weather": {"type": "http", "url": "http://127.0.0.1:1/mcp"}}}
                """);

        assertThat(ServedConfig.prefixes(file))
                .containsExactly(new ServedConfig.Prefix("my-weather.v2", "my-weather-v2_"));
        assertThat(ServedConfig.prefixes(ofVsCode)).containsExactly(new ServedConfig.Prefix("weather", "weather_"));
    }
}
