package io.mcpgateway.broker.bridge.parked;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.client.FakeMcpServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A modern client, the broker, and a legacy server that stands for the gateway's listener, too. */
@Timeout(60)
abstract class LegacyServerPath {
    static final String ALICE = "Bearer alice";
    static final String ELICITATION = "\"elicitation\":{\"form\":{},\"url\":{}}";
    static final String ACCEPT = "{\"action\":\"accept\",\"content\":{\"n\":1.0}}";
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Pattern STATE = Pattern.compile("\"requestState\":\"([^\"]+)\"");

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));
    final AskingServer asking = new AskingServer();
    FakeMcpServer server;
    ParkingBroker broker;
    ModernClient client;

    @BeforeEach
    void start() throws IOException {
        server = FakeMcpServer.start().behave(asking).capabilities("{\"tools\":{},\"logging\":{}}");
        broker = new ParkingBroker(server, now::get);
        client = new ModernClient(broker.url(), ALICE, ELICITATION);
    }

    @AfterEach
    void stop() {
        client.close();
        broker.close();
        server.close();
    }

    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    static String state(HttpResponse<String> answer) {
        Matcher state = STATE.matcher(answer.body());
        assertThat(state.find()).as(answer.body()).isTrue();
        return state.group(1);
    }

    static String responses(String state, String responses) {
        return "\"requestState\":\"" + state + "\",\"inputResponses\":{" + responses + "}";
    }

    /** What the server got as answers to its questions. */
    List<String> replies() {
        return server.received().stream()
                .filter(request ->
                        request.http().equals("POST") && request.method().isEmpty())
                .map(FakeMcpServer.Received::body)
                .toList();
    }

    long calls() {
        return server.count("tools/call");
    }
}
