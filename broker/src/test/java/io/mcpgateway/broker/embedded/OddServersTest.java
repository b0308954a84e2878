package io.mcpgateway.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.http.RawClient;
import io.mcpgateway.broker.transport.OddServers;
import io.mcpgateway.broker.transport.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Through the built-in gateway, calls to servers that close connections in their own ways. */
class OddServersTest {
    private static final int CALLS = 100;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.mcpgateway.broker.transport.OddServers#closing")
    void everyCallIsAnsweredAndExecutedOnce(String name, ScriptedServer.Script script) throws Exception {
        try (ScriptedServer server = new ScriptedServer(script)) {
            assertThat(answered(server)).as(name).isEqualTo(CALLS);

            assertThat(server.requests()).isEqualTo(CALLS);
        }
    }

    @Test
    void aServerThatClosesAtAnyTimeLosesOneCallAtMost() throws Exception {
        try (ScriptedServer server = new ScriptedServer(OddServers.closingAfterThree())) {
            int answered = answered(server);

            assertThat(answered).isGreaterThanOrEqualTo(CALLS - 1);
            assertThat(server.requests()).isEqualTo(answered);
        }
    }

    /** How many of the calls were answered with 200 and the body of the server. */
    private static int answered(ScriptedServer server) throws IOException {
        int answered = 0;
        try (EmbeddedGateway gateway =
                        PatientGateway.start(server.listener(), Optional.empty(), Duration.ofSeconds(1));
                RawClient client = new RawClient(gateway.port())) {
            for (int count = 0; count < CALLS; count++) {
                client.send("POST /mcp HTTP/1.1\nHost: h\nContent-Type: application/json\nContent-Length: 2\n\n{}");
                List<String> head = client.head();
                String body = body(client, head);
                if (head.getFirst().equals("HTTP/1.1 200 OK") && body.equals("{}")) {
                    answered++;
                }
            }
        }
        return answered;
    }

    private static String body(RawClient client, List<String> head) throws IOException {
        Optional<Integer> length = head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line -> Integer.valueOf(line.split(":", 2)[1].strip()))
                .findFirst();
        if (length.isPresent()) {
            return client.bytes(length.get());
        }
        client.lineStarting("2");
        String body = client.line();
        client.lineStarting("0");
        client.line();
        return body;
    }
}
