package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.ReplicatedGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Two brokers that write an audit log before calls go on are killed in turn under load: there are as many requests in their
 * logs as calls. A call has a second line only if Envoy asked the other replica for the decision.
 */
class AuditedReplicasTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLIENTS = 8;
    private static final int KILLS = 3;

    /** One line, and whose it is. */
    private record Line(int replica, ObjectNode members) {
        String request() {
            return members.path("requestId").asText();
        }

        /** What both replicas say of the same call. */
        ObjectNode withoutTime() {
            return members.deepCopy().without("time");
        }
    }

    @Test
    void logsHaveAsManyRequestsAsCallsWereMade() throws Exception {
        try (RecordingBackend backend = RecordingBackend.start("echo");
                ReplicatedGateway gateway =
                        ReplicatedGateway.startAudited(List.of(ServerEntry.of("one", backend.url())))) {
            int calls = killUnderLoad(gateway);

            List<Line> lines = lines(gateway);
            Map<String, List<Line>> requests = lines.stream().collect(Collectors.groupingBy(Line::request));
            System.out.println("both replicas killed " + KILLS + " times: " + calls + " calls, " + lines.size()
                    + " audit lines of " + requests.size() + " requests");
            assertThat(backend.calls()).as("calls at the server").hasSize(calls);
            assertThat(requests).as("requests in the logs").hasSize(calls);
            assertThat(lines.size() - requests.size())
                    .as("second lines: only of calls in progress when a replica was killed")
                    .isLessThanOrEqualTo(2 * KILLS * CLIENTS);
            assertThat(requests.values()).allSatisfy(AuditedReplicasTest::isOneCall);
        }
    }

    private static void isOneCall(List<Line> lines) {
        Set<Integer> replicas = lines.stream().map(Line::replica).collect(Collectors.toCollection(HashSet::new));
        assertThat(replicas).as("a replica writes one line for a request").hasSameSizeAs(lines);
        assertThat(lines.stream().map(Line::withoutTime).distinct()).hasSize(1);
    }

    /** Returns how many calls were made; every one was answered. */
    private static int killUnderLoad(ReplicatedGateway gateway) throws IOException {
        MixedLoad load = MixedLoad.start(gateway.url(), "one_echo", CLIENTS);
        try (load) {
            load.awaitMore(200);
            for (int kill = 0; kill < KILLS; kill++) {
                for (int replica : new int[] {0, 1}) {
                    gateway.kill(replica);
                    load.awaitMore(200);
                    gateway.startAgain(replica);
                    load.awaitMore(100);
                }
            }
        }
        assertThat(load.lost()).isEmpty();
        return load.calls();
    }

    private static List<Line> lines(ReplicatedGateway gateway) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (int replica : new int[] {0, 1}) {
            for (String line : gateway.auditLines(replica)) {
                lines.add(new Line(replica, JSON.readValue(line, ObjectNode.class)));
            }
        }
        return lines;
    }
}
