package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import io.mcpgateway.e2e.servers.SampleKind;
import io.mcpgateway.e2e.servers.SampleOptions;
import io.mcpgateway.e2e.servers.SampleServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Servers that die, changes of the configuration, a broker that stops: other callers notice nothing. */
abstract class ResilienceContract {
    private static final String[] PING_EVERY_SECOND = {"--mcp-check-interval", "1"};

    private final Front front;

    ResilienceContract(Front front) {
        this.front = front;
    }

    @Test
    void deadBackendLosesItsToolsAndComesBackByItself() throws Exception {
        front.envoy();
        try (RecordingBackend steady = RecordingBackend.start("echo");
                RecordingBackend fragile = RecordingBackend.start("echo");
                TestGateway gateway = TestGateway.start(front, both(steady, fragile), PING_EVERY_SECOND)) {
            gateway.awaitTools("both servers' tools", names -> names.size() == 2);
            try (McpClient client = gateway.connect();
                    SteadyCaller caller = SteadyCaller.start(client, "steady_echo", "echo")) {
                assertThat(client.call("fragile_echo", "{}").text()).isEqualTo("echo");

                fragile.die();
                gateway.awaitTools("only the living server's tools", List.of("steady_echo")::equals);
                assertThat(client.call("fragile_echo", "{}").body()).contains("fragile_echo");

                try (RecordingBackend again = RecordingBackend.start(fragile.port(), "echo")) {
                    gateway.awaitTools("the tools of the server that came back", names -> names.size() == 2);
                    Reply reply = callUntilItsSessionIsNew(client);
                    assertThat(reply.text()).isEqualTo("echo");
                    assertThat(again.calls()).isNotEmpty();
                    caller.awaitMore(20);
                }
                assertThat(caller.failures()).isEmpty();
            }
        }
    }

    @Test
    void toolsGoWithTheThirdFailedCheckAndNotEarlier() throws Exception {
        front.envoy();
        try (RecordingBackend steady = RecordingBackend.start("echo");
                RecordingBackend fragile = RecordingBackend.start("echo");
                TestGateway gateway = TestGateway.start(front, both(steady, fragile), PING_EVERY_SECOND)) {
            gateway.awaitTools("both servers' tools", names -> names.size() == 2);

            fragile.sicken();
            fragile.forgetRequests();
            gateway.awaitTools("only the healthy server's tools", List.of("steady_echo")::equals);
            assertThat(fragile.requests())
                    .as("checks that were answered with 503")
                    .hasSizeGreaterThanOrEqualTo(3);

            fragile.heal();
            gateway.awaitTools("the tools of the server that recovered", names -> names.size() == 2);
        }
    }

    @Test
    void changedConfigurationLosesNoCallToOtherServers() throws Exception {
        front.envoy();
        try (RecordingBackend steady = RecordingBackend.start("echo");
                RecordingBackend first = RecordingBackend.start("echo");
                RecordingBackend second = RecordingBackend.start("echo");
                TestGateway gateway = TestGateway.start(front, both(steady, first))) {
            gateway.awaitTools("both servers' tools", names -> names.size() == 2);
            ServerEntry kept = ServerEntry.of("steady", steady.url());
            ServerEntry moving = ServerEntry.of("fragile", first.url());
            try (McpClient client = gateway.connect();
                    SteadyCaller caller = SteadyCaller.start(client, "steady_echo", "echo")) {
                gateway.serve(List.of(kept, moving.withPrefix("renamed_")));
                gateway.awaitTools("the new prefix", List.of("renamed_echo", "steady_echo")::equals);
                assertThat(client.call("renamed_echo", "{}").text()).isEqualTo("echo");
                caller.awaitMore(20);

                gateway.serve(List.of(kept, moving.withUrl(second.url())));
                gateway.awaitTools("the old prefix again", List.of("fragile_echo", "steady_echo")::equals);
                assertThat(client.call("fragile_echo", "{}").text()).isEqualTo("echo");
                assertThat(second.calls()).as("calls at the new url").hasSize(1);
                caller.awaitMore(20);

                gateway.serve(List.of(kept));
                gateway.awaitTools("one server less", List.of("steady_echo")::equals);
                caller.awaitMore(20);

                gateway.serve(List.of(moving, kept, ServerEntry.of("new", second.url())));
                gateway.awaitTools("two servers more", names -> names.size() == 3);
                assertThat(client.call("new_echo", "{}").text()).isEqualTo("echo");
                caller.awaitMore(20);
                assertThat(caller.failures()).isEmpty();
            }
        }
    }

    @Test
    void callInProgressIsFinishedWhenTheBrokerStops() throws Exception {
        front.envoy();
        try (SampleServer sample = SampleServer.start(SampleOptions.local(SampleKind.SERVER1));
                TestGateway gateway = TestGateway.start(front, List.of(ServerEntry.of("one", sample.url())))) {
            gateway.awaitTools("the sample server's tools", names -> names.contains("one_slow"));
            String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"one_slow\","
                    + "\"arguments\":{\"seconds\":2},\"_meta\":{\"progressToken\":\"p\"}}}";
            try (McpClient client = gateway.connect();
                    Stream<String> lines = client.stream(body, Map.of()).body()) {
                List<String> answer = lines.peek(line -> {
                            if (line.contains("notifications/progress")) {
                                gateway.running().broker().terminate();
                            }
                        })
                        .toList();
                assertThat(answer).anyMatch(line -> line.contains("waited 2 s"));
            }
            assertThat(gateway.running().broker().ended().get(30, TimeUnit.SECONDS))
                    .as("exit status after SIGTERM")
                    .isIn(0, 143);
        }
    }

    private static List<ServerEntry> both(RecordingBackend steady, RecordingBackend fragile) {
        return List.of(ServerEntry.of("steady", steady.url()), ServerEntry.of("fragile", fragile.url()));
    }

    /** The restarted server does not know the old session; behind Envoy, one call may have to be repeated. */
    private static Reply callUntilItsSessionIsNew(McpClient client) throws java.io.IOException {
        Reply first = client.call("fragile_echo", "{}");
        assertThat(first.status()).as("%s", first).isNotEqualTo(404);
        return first.body().contains("repeat it") ? client.call("fragile_echo", "{}") : first;
    }
}
