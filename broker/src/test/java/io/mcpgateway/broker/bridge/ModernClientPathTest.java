package io.mcpgateway.broker.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.api.contract.UpstreamAuthorization;
import io.mcpgateway.broker.bridge.parked.AskingServer;
import io.mcpgateway.broker.bridge.parked.ModernClient;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.session.memory.InMemoryReplyMailbox;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole path: a modern client, the built-in gateway, the broker, the gateway again, a legacy server. */
@Timeout(60)
class ModernClientPathTest {
    private static final Pattern STATE = Pattern.compile("\"requestState\":\"([^\"]+)\"");
    private static final String ACCEPT = "\"inputResponses\":{\"q1\":{\"action\":\"accept\",\"content\":{}}}";

    private final AskingServer asking = new AskingServer();
    private FakeMcpServer server;
    private TestReplica replica;
    private ModernClient client;

    @BeforeEach
    void start() throws IOException {
        server = FakeMcpServer.start().behave(asking);
        replica = new TestReplica(
                server.url(),
                ServerEras.legacy("2025-11-25", true),
                Optional.empty(),
                UpstreamAuthorization.FORWARD,
                new InMemorySessionStore(100, InstantSource.system()),
                new InMemoryReplyMailbox.Office().open("replica-1"));
        client = new ModernClient(replica.url(), "Bearer alice", "\"elicitation\":{}");
    }

    @AfterEach
    void stop() {
        client.close();
        replica.close();
        server.close();
    }

    @Test
    void discoverPromisesTheClientsRevision() throws Exception {
        HttpResponse<String> answer = client.call("server/discover", "\"x\":1", "");

        assertThat(answer.body()).contains("\"supportedVersions\":[\"2026-07-28\"", "\"tools\":{");
    }

    @Test
    void aListShowsTheToolsOfLegacyServers() throws Exception {
        assertThat(client.call("tools/list", "\"x\":1", "").body())
                .contains("\"resultType\":\"complete\"", "\"name\":\"one_deploy\"");
    }

    @Test
    void aCallIsMadeInASessionOfTheGateway() throws Exception {
        assertThat(client.deploy().body()).contains("\"resultType\":\"complete\"", "done");
        assertThat(client.deploy().body()).contains("done");

        assertThat(server.count("initialize")).isEqualTo(1);
        assertThat(server.received().getLast().body()).doesNotContain("io.modelcontextprotocol");
        assertThat(server.received().getLast().headers())
                .containsEntry("authorization", "Bearer alice")
                .containsEntry("mcp-session-id", "backend-1")
                .doesNotContainKeys("mcp-method", "mcp-name", "router-key", "mcp-init-host");
    }

    @Test
    void aQuestionIsAnsweredByTheRetry() throws Exception {
        asking.does(talk -> {
            talk.form("1");
            talk.reply();
            talk.done();
        });
        HttpResponse<String> asked = client.deploy();
        Matcher state = STATE.matcher(asked.body());
        assertThat(state.find()).as(asked.body()).isTrue();
        HttpResponse<String> answer = client.deploy("\"requestState\":\"" + state.group(1) + "\"," + ACCEPT);

        assertThat(answer.body()).contains("done");
        assertThat(server.count("tools/call")).isEqualTo(1);
    }

    @Test
    void aClientThatLeavesCancelsTheCall() throws Exception {
        asking.does(talk -> {
            talk.send("\"method\":\"notifications/progress\",\"params\":{\"progressToken\":7,\"progress\":1}");
            talk.hang();
        });
        HttpResponse<InputStream> answer = client.http()
                .send(
                        client.request("tools/call", ModernClient.DEPLOY, ",\"progressToken\":7"),
                        BodyHandlers.ofInputStream());
        assertThat(answer.body().read()).isPositive();
        answer.body().close();

        await().untilAsserted(() -> assertThat(asking.cancelled).hasSize(1));
        await().untilAsserted(() -> assertThat(asking.abandoned).hasValue(1));
    }

    @Test
    void whatIsWrongWithTheRequestIsRefusedBeforeTheServerHearsOfIt() throws Exception {
        HttpResponse<String> hidden = client.call("tools/call", "\"name\":\"one_other\",\"arguments\":{}", "");

        assertThat(hidden.statusCode()).isEqualTo(400);
        assertThat(hidden.body()).contains("-32020");
        assertThat(server.received()).isEmpty();
    }
}
