package io.mcpgateway.controller.why;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mcpgateway.controller.testing.CommandRun;
import io.mcpgateway.controller.testing.FakeCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a broker of its own, and against an API server in memory. */
class WhyCommandTest {
    private static final String CLAIMS = "{\"allowed-tools\":{\"ns/one\":[\"alpha\"]}}";
    private static final String ENCODED =
            Base64.getUrlEncoder().withoutPadding().encodeToString(CLAIMS.getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder = Path.of("");

    @Test
    void aBrokerIsAskedWithTheClaimsOnly() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "e30." + ENCODED + ".secret\n");
        Path claims = Files.writeString(folder.resolve("claims.json"), CLAIMS);
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer broker = broker(asked, 200, Files.readString(Path.of("src/test/resources/golden/why/served.json")));
        try {
            String url = "http://127.0.0.1:" + broker.getAddress().getPort();
            CommandRun run =
                    runStandalone(url, "s1 beta", "--virtual-server", "ns/vs", "--token-file", token.toString());
            runStandalone(url, "x", "--claims-file", claims.toString());

            assertThat(run.exit()).isZero();
            assertThat(run.out()).startsWith("SERVED     tool s1_beta of server ns/one: served\n");
            assertThat(asked)
                    .containsExactly(
                            "/status/why?name=s1+beta&virtualServer=ns%2Fvs " + ENCODED,
                            "/status/why?name=x " + ENCODED);
        } finally {
            broker.stop(0);
        }
    }

    @Test
    void whatTheBrokerRefusesIsTold() throws IOException {
        HttpServer broker = broker(new CopyOnWriteArrayList<>(), 400, "{\"error\":\"the claims are not valid\"}");
        try {
            CommandRun run =
                    runStandalone("http://127.0.0.1:" + broker.getAddress().getPort(), "x");

            assertThat(run.out()).contains("UNKNOWN", "HTTP 400: the claims are not valid");
            assertThat(run.exit()).isEqualTo(3);
        } finally {
            broker.stop(0);
        }
    }

    @Test
    void aBrokerThatDoesNotRunIsCode3() {
        CommandRun run = runStandalone("http://127.0.0.1:1", "x");

        assertThat(run.out()).contains("UNKNOWN", "connection refused: it is not running there");
        assertThat(run.exit()).isEqualTo(3);
    }

    /** It never got to a broker, so only its object can say why. */
    @Test
    void aRegistrationThatIsNotAcceptedSaysWhy() {
        try (FakeCluster cluster = new FakeCluster()) {
            cluster.create("""
                    apiVersion: mcp.kagenti.com/v1alpha1
                    kind: MCPServerRegistration
                    metadata: {name: new, namespace: team-b}
                    spec: {targetRef: {name: route}}
                    status:
                      conditions: [{type: Accepted, status: "False", reason: HostnameTaken, message: "by team-a/old", lastTransitionTime: "2026-01-01T00:00:00Z"}]
                    """);

            CommandRun run = CommandRun.of(new WhyCommand(_ -> cluster.client()), "team-b/new");

            assertThat(run.out())
                    .startsWith("NOT SERVED its registration is not accepted: HostnameTaken: by team-a/old\n")
                    .contains("UNKNOWN    brokers: no broker Pod is ready");
            assertThat(run.exit()).isEqualTo(1);
        }
    }

    @Test
    void aWrongCommandLineIsCode2() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "");
        String file = empty.toString();

        assertThat(runStandalone("http://127.0.0.1:1", "x", "--url", "/mcp", "--virtual-server", "a/b")
                        .exit())
                .isEqualTo(2);
        assertThat(runStandalone("http://127.0.0.1:1", "x", "--claims-file", file)
                        .err())
                .contains("is not a JSON object");
        assertThat(runStandalone("http://127.0.0.1:1", "x", "--token-file", file)
                        .err())
                .contains("is not a JWT");
        assertThat(runStandalone("http://127.0.0.1:1", "x", "--token-file", "none")
                        .err())
                .contains("cannot read none");
    }

    private static CommandRun runStandalone(String url, String name, String... more) {
        List<String> line = new ArrayList<>(List.of(name, "--config", "config.yaml", "--broker-url", url));
        line.addAll(List.of(more));
        return CommandRun.of(
                new WhyCommand(_ -> {
                    throw new AssertionError("no cluster");
                }),
                line.toArray(String[]::new));
    }

    private static HttpServer broker(List<String> asked, int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/status/why", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Mcp-Why-Claims"));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }
}
