package io.mcpgateway.broker.endpoint.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.url.Chosen;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClientStreamTest {
    private static final ViewRequest VIEW =
            ViewRequest.ofNewSession(new Chosen.Nothing(), RequestHeaders.EMPTY, Authorization.EVERYTHING);
    private static final StreamOwner SESSION = new StreamOwner.Session(new GatewaySessionId("s"));
    private static final StreamOwner KNOWN = new StreamOwner.Caller(new CallerBinding("known"));
    private static final StreamOwner ANYBODY = new StreamOwner.Caller(CallerBinding.ANONYMOUS);

    @Test
    void whoBringsMoreThanThereIsRoomForWaitsAndIsLetGoAtTheEnd() throws Exception {
        ClientStream stream = stream();
        RawJson large = RawJson.of("\"" + "x".repeat(1_000_000) + "\"");
        assertThat(stream.offer(large)).isTrue();
        FutureTask<Boolean> second = new FutureTask<>(() -> stream.offer(large));
        FutureTask<Boolean> third = new FutureTask<>(() -> stream.offer(large));
        Thread bringing = Thread.ofVirtual().start(second);
        await().until(() -> bringing.getState() == Thread.State.WAITING);

        assertThat(stream.takeNews(JsonRpcText::notification)).containsExactly(large);
        assertThat(second.get(20, TimeUnit.SECONDS)).isTrue();
        Thread waiting = Thread.ofVirtual().start(third);
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        stream.close();

        assertThat(third.get(20, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void aClientThatDoesNotReadHoldsUpNobodyAndIsDroppedInTheEnd() throws Exception {
        ClientStream stuck = stream();
        PipedInputStream unread = new PipedInputStream(16);
        PipedOutputStream out = new PipedOutputStream(unread);
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                stuck.write(out, new byte[1000]);
            } catch (IOException expected) {
                // the stream was closed under the writer
            }
        });
        await().until(() -> unread.available() == 16);

        stuck.listChanged(Set.of(CapabilityKind.TOOL));
        stuck.closeIfStuck(System.nanoTime(), Duration.ofDays(1));
        assertThat(writer.isAlive()).isTrue();
        stuck.closeIfStuck(System.nanoTime() + Duration.ofDays(2).toNanos(), Duration.ofDays(1));

        writer.join();
        assertThat(stuck.await(Duration.ZERO)).isEqualTo(ClientStream.Wake.CLOSED);
    }

    @Test
    void aStreamIsOnlyToldWhatItWants() throws Exception {
        ClientStream stream = new ClientStream(SESSION, VIEW, Set.of(McpMethod.PROMPTS_CHANGED));

        stream.listChanged(Set.of(CapabilityKind.TOOL, CapabilityKind.RESOURCE_TEMPLATE));
        assertThat(stream.await(Duration.ZERO)).isEqualTo(ClientStream.Wake.TIME_IS_UP);
        stream.listChanged(Set.of(CapabilityKind.TOOL, CapabilityKind.PROMPT));
        stream.listChanged(Set.of(CapabilityKind.PROMPT));

        assertThat(stream.takeNews(method -> RawJson.of(method.wireName())))
                .containsExactly(RawJson.of("notifications/prompts/list_changed"));
    }

    @Test
    void aStreamThatFinishesTakesNothingMoreAndGivesWhatItHas() throws Exception {
        ClientStream stream = stream();
        stream.listChanged(Set.of(CapabilityKind.TOOL));
        stream.finish();

        assertThat(stream.offer(RawJson.of("{}"))).isFalse();
        assertThat(stream.await(Duration.ofDays(1))).isEqualTo(ClientStream.Wake.NEWS);
        stream.takeNews(JsonRpcText::notification);
        assertThat(stream.await(Duration.ofDays(1))).isEqualTo(ClientStream.Wake.FINISHED);
        stream.close();
        assertThat(stream.await(Duration.ofDays(1))).isEqualTo(ClientStream.Wake.CLOSED);
    }

    @Test
    void everyOwnerHasItsOwnLimitAndThoseWithoutACredentialShareHalf() {
        ClientStreams streams = new ClientStreams(new ClientStreams.Limits(8, 1, 2));

        assertThat(opened(streams, SESSION, 2)).isEqualTo(1);
        assertThat(opened(streams, new StreamOwner.Session(new GatewaySessionId("other")), 2))
                .isEqualTo(1);
        assertThat(opened(streams, KNOWN, 3)).isEqualTo(2);
        assertThat(opened(streams, ANYBODY, 9)).isEqualTo(4);

        assertThat(streams.size()).isEqualTo(8);
        assertThat(streams.open(new StreamOwner.Session(new GatewaySessionId("late")), VIEW, Set.of()))
                .isEqualTo(new ClientStreams.Opening.NoRoom("the gateway has no room for another stream"));
    }

    @Test
    void aStreamThatEndedGivesItsPlaceBack() {
        ClientStreams streams = new ClientStreams(new ClientStreams.Limits(8, 1, 2));
        ClientStreams.Opening.Opened first =
                (ClientStreams.Opening.Opened) streams.open(SESSION, VIEW, ClientStream.EVERY_CHANGE);
        assertThat(opened(streams, SESSION, 1)).isZero();

        streams.ended(first.stream());

        assertThat(opened(streams, SESSION, 1)).isEqualTo(1);
        assertThat(streams.size()).isEqualTo(1);
    }

    private static int opened(ClientStreams streams, StreamOwner owner, int attempts) {
        List<ClientStreams.Opening> openings = new ArrayList<>();
        for (int count = 0; count < attempts; count++) {
            openings.add(streams.open(owner, VIEW, Set.of()));
        }
        return Math.toIntExact(openings.stream()
                .filter(ClientStreams.Opening.Opened.class::isInstance)
                .count());
    }

    private static ClientStream stream() {
        return new ClientStream(SESSION, VIEW, ClientStream.EVERY_CHANGE);
    }
}
