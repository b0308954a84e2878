package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.limits.MessagesUnderWay;
import io.mcpgateway.broker.session.GatewaySessionId;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MessagesUnderWayTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":\"p-1\",\"method\":\"ping\"}";
    private static final String PROGRESS =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":1,\"progress\":1}}";
    private static final String SESSION = "Mcp-Session-Id";

    @Test
    void oneSessionsMessagesThatWaitForServersLeaveRoomForOtherSessions() throws Exception {
        try (EndpointFixture fixture = new EndpointFixture(Duration.ofSeconds(60), 10);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String busy = fixture.initialize();
            String other = fixture.initialize();
            fixture.backends.hold();
            List<Future<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int count = 0; count < EndpointFixture.MAX_MESSAGES; count++) {
                waiting.add(threads.submit(() -> fixture.post(PROGRESS, SESSION, busy)));
            }
            await().atMost(LIMIT).until(() -> fixture.backends.notified.size() == EndpointFixture.MAX_MESSAGES);

            HttpResponse<String> refused = fixture.post(PING, SESSION, busy);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body())
                    .contains(
                            "\"id\":\"p-1\"",
                            "too many messages in progress in this session: the limit is 3; wait for one of them to be"
                                    + " answered");
            assertThat(fixture.post(PING, SESSION, other).statusCode()).isEqualTo(200);

            fixture.backends.release();
            for (Future<HttpResponse<String>> answer : waiting) {
                assertThat(answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS).statusCode())
                        .isEqualTo(202);
            }
            assertThat(fixture.post(PING, SESSION, busy).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aMessageThatBreaksGivesItsPlaceBack() {
        MessagesUnderWay one = new MessagesUnderWay(1);
        GatewaySessionId session = new GatewaySessionId("s");
        HttpAnswer tooMany = HttpAnswer.empty(429);

        assertThatThrownBy(() -> one.answer(
                        session,
                        () -> {
                            throw new IllegalStateException("broken");
                        },
                        () -> tooMany))
                .hasMessage("broken");

        assertThat(one.answer(
                        session,
                        () -> one.answer(session, () -> HttpAnswer.empty(200), () -> tooMany),
                        () -> HttpAnswer.empty(500)))
                .as("the inner one finds the place taken by the outer one, which had it")
                .isEqualTo(tooMany);
    }

    @Test
    void noLimitIsZero() {
        MessagesUnderWay any = new MessagesUnderWay(0);
        GatewaySessionId session = new GatewaySessionId("s");

        HttpAnswer inner = any.answer(
                session,
                () -> any.answer(session, () -> HttpAnswer.empty(200), () -> HttpAnswer.empty(429)),
                () -> HttpAnswer.empty(429));

        assertThat(inner.status()).isEqualTo(200);
    }
}
