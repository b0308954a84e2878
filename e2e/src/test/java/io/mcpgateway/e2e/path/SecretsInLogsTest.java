package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.ForgedTokens;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Secrets in all possible places, in success and in failure; none of them is in the broker's debug log. */
class SecretsInLogsTest {
    /** Part of every secret here. */
    private static final String MARK = "s3cr3t";

    private static final String IN_BASE64 =
            Base64.getEncoder().encodeToString(("user:" + MARK + "-basic").getBytes(StandardCharsets.UTF_8));
    private static final Map<String, String> CALLER = Map.of("Authorization", "Bearer " + MARK + "-of-caller");

    private final Closer closer = new Closer();

    @AfterEach
    void stopEverything() {
        closer.close();
    }

    @Test
    void noSecretIsInTheLogWhateverHappens() throws IOException {
        RecordingBackend recording = closer.keep(RecordingBackend.start("echo"));
        HttpServer refusing = refusingServer();
        closer.keep(() -> refusing.stop(0));
        TestGateway gateway = closer.keep(TestGateway.start(
                Front.EMBEDDED,
                List.of(ServerEntry.of("one", recording.url())),
                "--cache-connection-string=redis://:" + MARK + "-redis@127.0.0.1:1/0",
                "--list-page-size=100",
                "--log-level=-4"));
        String one = entry("one", recording.url());
        gateway.serve("servers:\n" + one + entry("user", URI.create("http://u:" + MARK + "-url@127.0.0.1:1/mcp")));
        awaitLog(gateway, "configuration refused");
        gateway.serve("servers:\n" + one + entry("refused", address(refusing))
                + entry("gone", URI.create("http://127.0.0.1:1/mcp?token=" + MARK + "-query")));
        gateway.awaitTools("the tool of the first server", names -> names.contains("one_echo"));
        awaitLog(gateway, "auth failed", "connection refused");
        gateway.serve("servers:\n" + one + "- name: [" + MARK + "-broken\n  credential: " + MARK + "-in-broken-yaml\n");

        McpClient client = inSession(gateway);
        String session = client.session().orElseThrow();
        assertThat(call(client, CALLER).text()).isEqualTo("echo");
        misuse(gateway, client);
        assertThat(client.send("DELETE", CALLER).status())
                .as("a session cannot be ended without the store")
                .isEqualTo(503);
        gateway.running().close();

        String log = Files.readString(gateway.running().broker().log());
        assertThat(log).contains("session created", "level=DEBUG", "authorization header refused");
        assertThat(log.lines().filter(line -> line.contains(MARK) || line.contains(IN_BASE64)))
                .isEmpty();
        assertThat(log).doesNotContain("eyJ").doesNotContain(session).doesNotContain(TestGateway.SIGNING_KEY);
        recording.requests().stream()
                .map(request -> request.header("mcp-session-id"))
                .flatMap(Optional::stream)
                .distinct()
                .forEach(backendSession -> assertThat(log).doesNotContain(backendSession));
        assertThat(recording.requests()).anyMatch(SecretsInLogsTest::carriedACredential);
    }

    /** The control: the secrets that are not in the log were used. */
    private static boolean carriedACredential(Recorded request) {
        return request.header("authorization").orElse("").contains(MARK);
    }

    private static void misuse(TestGateway gateway, McpClient client) throws IOException {
        ForgedTokens forged = ForgedTokens.of(client.session().orElseThrow());
        for (String token :
                List.of(MARK + "-session", forged.unsigned(), forged.expired(60, TestGateway.SIGNING_KEY))) {
            call(client.withSession(Optional.of(token)), CALLER);
            client.withSession(Optional.of(token)).send("DELETE", CALLER);
        }
        call(client, Map.of("Authorization", "Bearer " + MARK + "-of-somebody-else"));
        call(client, Map.of("Authorization", "Basic " + IN_BASE64));
        for (String header :
                List.of("X-Authorized-Tools", "X-Mcp-Authorized", "Cookie", "X-Api-Key", "Last-Event-ID")) {
            client.post(request("tools/list"), with(header, MARK + "-in-header"));
        }
        client.post(request("initialize"), Map.of("router-key", MARK + "-router", "mcp-init-host", "one.mcp.local"));
        client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + MARK + "-no-json", CALLER);
        client.post(McpClient.callBody("1", "one_echo", "{\"password\":\"" + MARK + "-argument\"}"), CALLER);
        client.post("{\"jsonrpc\":\"2.0\",\"id\":\"" + MARK + "-id\",\"result\":{}}", CALLER);
        try (McpClient asked = McpClient.of(URI.create(gateway.url() + "?access_token=" + MARK + "-query"))) {
            asked.post(McpClient.INITIALIZE, CALLER);
        }
    }

    private static Map<String, String> with(String header, String value) {
        return Map.of("Authorization", CALLER.get("Authorization"), header, value);
    }

    private static McpClient inSession(TestGateway gateway) throws IOException {
        McpClient client = McpClient.of(gateway.url());
        Reply reply = client.post(McpClient.INITIALIZE, CALLER);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return client.withSession(reply.header("mcp-session-id"));
    }

    private static Reply call(McpClient client, Map<String, String> headers) throws IOException {
        return client.post(McpClient.callBody("1", "one_echo", "{}"), headers);
    }

    private static String request(String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}";
    }

    private static void awaitLog(TestGateway gateway, String... texts) {
        await("the log says " + List.of(texts))
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                Files.readString(gateway.running().broker().log()))
                        .contains(texts));
    }

    private static String entry(String name, URI url) {
        return "- name: demo/" + name + "\n  url: " + url + "\n  hostname: " + name + ".mcp.local\n  toolPrefix: "
                + name + "_\n  credential: Bearer " + MARK + "-of-" + name + "\n  upstreamAuthorization: Shared\n";
    }

    /** Repeats in its refusal what it was sent, as some servers do. */
    private static HttpServer refusingServer() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body =
                    ("no: " + exchange.getRequestHeaders().getFirst("Authorization")).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer error=\"" + MARK + "-from-server\"");
            exchange.sendResponseHeaders(401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
    }
}
