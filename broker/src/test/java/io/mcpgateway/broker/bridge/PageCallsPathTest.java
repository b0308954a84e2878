package io.mcpgateway.broker.bridge;

import static io.mcpgateway.broker.bridge.LegacyClient.DEPLOY;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of tools from the status page, through the broker's own port and the built-in gateway behind it. */
class PageCallsPathTest extends BridgedPath {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aCallFromThePageGoesTheWayOfAClientsCall() throws Exception {
        server.behave(answering(DONE));
        String home = "http://127.0.0.1:" + replica.brokerUrl().getPort();
        try (LegacyClient page = LegacyClient.connect(ui("/ui/mcp"), "")) {
            HttpResponse<String> answer = page.post(DEPLOY, "Origin", home, "Sec-Fetch-Site", "same-origin");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"c-7\",\"result\":" + DONE + "}");
            assertThat(page.delete().statusCode()).isEqualTo(200);
            assertThat(page.post(DEPLOY).statusCode())
                    .as("the session has ended")
                    .isEqualTo(404);
        }
        assertThat(send("GET", "/ui/catalog.json").body()).contains("\"calls\":{\"login\":false}");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, Content-Type, text/plain, 415",
        "POST, Content-Type, application/x-www-form-urlencoded, 415",
        "POST, Content-Type, multipart/form-data; boundary=a, 415",
        "POST, Content-Type, application/jsonx, 415",
        "POST, X-None, a, 415",
        "POST, Origin, https://evil.example, 403",
        "POST, Origin, null, 403",
        "POST, Sec-Fetch-Site, cross-site, 403",
        "POST, Sec-Fetch-Site, same-site, 403",
        "DELETE, Sec-Fetch-Site, cross-site, 403",
        "GET, X-None, a, 405",
        "OPTIONS, Origin, http://127.0.0.1:3000, 405",
    })
    void nothingButThePagesOwnScriptGetsThrough(String method, String header, String value, int status)
            throws Exception {
        HttpResponse<String> answer = send(method, "/ui/mcp", header, value);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().map()).doesNotContainKeys("access-control-allow-origin", "mcp-session-id");
        assertThat(server.received()).isEmpty();
    }

    private URI ui(String path) {
        return replica.brokerUrl().resolve(path);
    }

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(ui(path))
                .method(method, BodyPublishers.ofString(method.equals("GET") ? "" : DEPLOY));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
