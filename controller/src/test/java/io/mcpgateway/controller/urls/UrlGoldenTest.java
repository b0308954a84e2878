package io.mcpgateway.controller.urls;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.controller.urls.recipes.Client;
import io.mcpgateway.controller.urls.recipes.ClientUrl;
import io.mcpgateway.controller.urls.recipes.UrlReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is printed for one config.yaml, in every form: golden/urls. */
class UrlGoldenTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "urls");

    private final List<ClientUrl> rows = UrlReading.of(
                    FOLDER.resolve("config.yaml"), URI.create("https://mcp.example.com:8443"))
            .rows();

    @Test
    void theTable() throws IOException {
        assertGolden("table.txt", UrlReport.table(rows));
    }

    @Test
    void theJson() throws IOException {
        assertGolden("urls.json", UrlReport.json(rows));
    }

    @Test
    void theServersOfClients() throws IOException {
        assertGolden("mcpservers.json", UrlReport.mcpServers(rows));
    }

    @ParameterizedTest
    @EnumSource
    void theRecipe(Client client) throws IOException {
        assertGolden(client + ".txt", client.text(rows));
    }

    private static void assertGolden(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name);
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
