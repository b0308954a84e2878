package io.mcpgateway.broker.bridge.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.broker.bridge.watching.LegacySubscriptions;
import io.mcpgateway.broker.endpoint.modern.ResourceUpdate;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers without a credential at a server whose registration says that they may share a session, and at one that does not. */
class AnonymousSessionsPathTest extends LegacyServerPath {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String CAN_BE_ASKED = "{" + ELICITATION + "}";

    private final StatefulServer stateful = new StatefulServer();
    private final CountingServer counting = new CountingServer();
    private final List<String> updated = new CopyOnWriteArrayList<>();

    @BeforeEach
    void share() throws IOException {
        server.behave(stateful);
        serve(AnonymousSessions.SHARED);
    }

    private void serve(AnonymousSessions anonymous) throws IOException {
        broker.close();
        broker = new ParkingBroker(server, now::get, anonymous);
        client = client.at(broker.url()).as("", ELICITATION);
    }

    @Test
    void whatAServerKeepsInASessionIsThereForTheNextCall() throws Exception {
        assertThat(client.deploy().body()).contains("\"call\":1");
        assertThat(client.deploy().body()).contains("\"call\":2");
        assertThat(server.count("initialize")).isEqualTo(1);
    }

    @Test
    void callersWithACredentialDoNotShare() throws Exception {
        client.deploy();

        assertThat(client.as(ALICE, ELICITATION).deploy().body()).contains("\"call\":1");
        assertThat(client.as("Bearer bob", ELICITATION).deploy().body()).contains("\"call\":1");
        assertThat(client.as("", "").deploy().body()).as("other capabilities").contains("\"call\":1");
        assertThat(server.count("initialize")).isEqualTo(4);
    }

    @Test
    void withoutTheSettingEachCallHasASession() throws Exception {
        serve(AnonymousSessions.PER_CALL);
        client.deploy();
        client.deploy();

        assertThat(stateful.calls).containsOnly(Map.entry("s-1", 1), Map.entry("s-2", 1));
        await().until(() -> server.countHttp("DELETE") == 2);
    }

    @Test
    void aServerThatTellsOnlyTheSessionOfAChangeReachesWhoeverListens() throws Exception {
        try (ServerSubscriptions.Listening listening = listen()) {
            assertThat(listening.honoured(SOON)).containsExactly(StatefulServer.CHANGED);
            client.deploy();

            await().untilAsserted(() -> assertThat(updated).containsExactly(StatefulServer.CHANGED));
        }
    }

    @Test
    void aStateIsGoodOnceAndForItsOwnRequestOnly() throws Exception {
        server.behave(counting);
        String one = state(call("r-1.1", ""));
        String two = state(call("r-2.1", ""));

        assertThat(call("r-2.1", back(one)).body()).contains("-32602");
        assertThat(call("r-1.1", back(one)).body()).contains("done");
        assertThat(call("r-1.1", back(one)).body()).contains("-32603");
        assertThat(call("r-2.1", back(two)).body()).contains("done");
        assertThat(counting.executions).containsOnly(Map.entry("r-1.1", 1), Map.entry("r-2.1", 1));
        assertThat(counting.replies.values()).containsOnly(1);
        assertThat(server.count("initialize")).isEqualTo(1);
    }

    private HttpResponse<String> call(String run, String more) throws Exception {
        return client.call("tools/call", "\"name\":\"one_deploy\",\"arguments\":{\"run\":\"" + run + "\"}" + more, "");
    }

    private static String back(String state) {
        return "," + responses(state, "\"q1\":" + ACCEPT);
    }

    private ServerSubscriptions.Listening listen() {
        JsonRpcMessage.Meta meta = new JsonRpcMessage.Meta(
                Optional.of("2026-07-28"), Optional.of(RawJson.of(CAN_BE_ASKED)), Optional.empty(), Optional.empty());
        return new LegacySubscriptions(broker.access, broker.pool)
                .listen(
                        new ServerSubscriptions.Wish(
                                RequestHeaders.of(Map.of()), meta, broker.server(), List.of(StatefulServer.CHANGED)),
                        update -> updated.add(((ResourceUpdate) update).uri()));
    }
}
