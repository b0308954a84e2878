package io.mcpgateway.broker.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.http.HttpListener;
import io.mcpgateway.broker.http.RawClient;
import io.mcpgateway.broker.json.RawJson;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client gets while its call runs at a server that says nothing. */
class ClientAnswerTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration NEVER = Duration.ofMinutes(10);
    private static final HttpAnswer RESULT = HttpAnswer.json(200, RawJson.of("{\"result\":1}"));

    @Test
    void aStreamBeginsBeforeTheServerSaysAnythingAndShowsSignsOfLife() throws Exception {
        ClientAnswer answer = new ClientAnswer(true, SOON);
        try (HttpListener listener = listener(answer);
                RawClient client = call(listener)) {
            assertThat(client.head()).contains("HTTP/1.1 200 OK", "Content-Type: text/event-stream");
            assertThat(client.lineStarting(": open")).isEqualTo(": open");
            assertThat(client.lineStarting(": heartbeat")).isEqualTo(": heartbeat");
            assertThat(client.lineStarting(": heartbeat")).isEqualTo(": heartbeat");

            answer.conclude(RESULT);
            assertThat(client.lineStarting("data:")).isEqualTo("data: {\"result\":1}");
        }
    }

    @Test
    void anAnswerThatComesFirstIsPlain() throws Exception {
        ClientAnswer answer = new ClientAnswer(true, NEVER);
        answer.conclude(RESULT);
        assertPlain(answer);
    }

    @Test
    void aClientThatTakesNoStreamGetsNothingButTheAnswer() throws Exception {
        ClientAnswer answer = new ClientAnswer(false, NEVER);
        answer.begin(List.of(RawJson.of("{\"method\":\"notifications/progress\"}")));
        assertThat(answer.offer(RawJson.of("{\"method\":\"notifications/progress\"}")))
                .isFalse();
        answer.conclude(RESULT);
        assertPlain(answer);
    }

    private static void assertPlain(ClientAnswer answer) throws Exception {
        try (HttpListener listener = listener(answer);
                RawClient client = call(listener)) {
            assertThat(client.head()).contains("HTTP/1.1 200 OK", "Content-Type: application/json");
            assertThat(client.bytes(12)).isEqualTo("{\"result\":1}");
        }
    }

    private static HttpListener listener(ClientAnswer answer) throws IOException {
        return HttpListener.start(
                new HttpListener.Settings("127.0.0.1", 0, 1000, 1000, Duration.ofSeconds(2)),
                exchange -> write(exchange, answer));
    }

    private static void write(HttpExchange exchange, ClientAnswer answer) throws IOException, InterruptedException {
        exchange.body();
        answer.write(exchange);
    }

    private static RawClient call(HttpListener listener) throws IOException {
        return new RawClient(listener.port()).send("POST / HTTP/1.1\nHost: a\nContent-Length: 2\n\n{}");
    }
}
