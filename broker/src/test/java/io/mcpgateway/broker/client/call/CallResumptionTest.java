package io.mcpgateway.broker.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.client.EventReader;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpConnection;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bounds of {@link CallResumption}; what comes of it for clients is in {@code ResumedAnswerPathTest}. */
@Timeout(60)
class CallResumptionTest {
    private static final CallOutcome BROKEN = new CallOutcome.Failed(CallReader.ENDED);
    private static final CallListener NOBODY = new CallListener() {
        @Override
        public void opened() {}

        @Override
        public void message(RawJson message) {}
    };

    private final McpHttpClient client = new McpHttpClient();
    private final EventReader.Progress place = new EventReader.Progress();
    private FakeMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = FakeMcpServer.start();
        place.reached("e1");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aPauseLongerThanTheCallMayTakeEndsIt() throws Exception {
        place.retryAfter(Duration.ofDays(10));

        assertThat(after(BROKEN, Duration.ofMillis(300))).matches(CallResumptionTest::isTimeout);
        assertThat(server.received()).isEmpty();
    }

    @Test
    void theServersPauseIsKept() throws Exception {
        place.retryAfter(Duration.ofMillis(700));
        long began = System.nanoTime();

        assertThat(after(BROKEN, Duration.ofSeconds(30))).isNotEqualTo(BROKEN);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(700));
    }

    @Test
    void aStreamThatSaysNothingEndsWithTheTimeOfTheCall() throws Exception {
        server.watchable();

        assertThat(after(BROKEN, Duration.ofSeconds(2))).matches(CallResumptionTest::isTimeout);
        assertThat(server.countHttp("GET"))
                .as("none on a machine that is very busy")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void anEventThatIsTooLargeEndsTheCall() throws Exception {
        server.behave((_, exchange, request) -> {
            FakeMcpServer.send(exchange, 200, "text/event-stream", "id: e2\ndata: " + "x".repeat(2000) + "\n\n");
            return true;
        });

        assertThat(after(BROKEN, Duration.ofSeconds(30)).toString()).contains("larger than the limit of 1000 bytes");
        assertThat(server.countHttp("GET")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("oddIds")
    void idsThatCannotBeSentBackEndTheCall(String id) throws Exception {
        place.reached(id);

        assertThat(after(BROKEN, Duration.ofSeconds(30))).isInstanceOf(CallOutcome.Failed.class);
        assertThat(server.received()).isEmpty();
    }

    static Stream<String> oddIds() {
        return Stream.of("", "a\u0001b", "x".repeat(3000));
    }

    @Test
    void whatHasEndedStaysAsItIs() throws Exception {
        CallOutcome replied = new CallOutcome.Replied(200, RawJson.of("{}"));
        CallOutcome refused = new CallOutcome.Refused(404, Optional.empty());
        CallOutcome late = new CallOutcome.Failed(new McpOutcome.Timeout("late"));

        assertThat(after(replied, Duration.ofSeconds(30))).isSameAs(replied);
        assertThat(after(refused, Duration.ofSeconds(30))).isSameAs(refused);
        assertThat(after(late, Duration.ofSeconds(30))).isSameAs(late);
        assertThat(server.received()).isEmpty();
    }

    private CallOutcome after(CallOutcome first, Duration whole) throws InterruptedException {
        HttpLimits limits = new HttpLimits(whole, whole, whole, 1000, 1000);
        return new CallResumption(new JsonRpcId("2"), limits, NOBODY, place, System.nanoTime())
                .after(first, this::connection);
    }

    private McpConnection connection(HttpLimits within) {
        McpTarget target = new McpTarget(server.url(), Map::of, within);
        return client.resume(target, Optional.of("backend-1"), "2025-11-25", _ -> {});
    }

    private static boolean isTimeout(CallOutcome outcome) {
        return outcome instanceof CallOutcome.Failed(McpOutcome.Timeout _);
    }
}
