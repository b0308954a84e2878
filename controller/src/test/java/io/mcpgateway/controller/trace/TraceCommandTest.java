package io.mcpgateway.controller.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.controller.testing.CommandRun;
import io.mcpgateway.controller.testing.FakeCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command against a gateway and a broker of its own, without a cluster. */
class TraceCommandTest {
    private static final String RESULT = "\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}";

    @TempDir
    Path folder = Path.of("");

    private final FakeGateway gateway = new FakeGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aCallIsMadeAsAClientMakesItAndTold() {
        gateway.call(RESULT);

        CommandRun run = run("p_greet", "--arg", "name=Ann", "--arg", "times=2");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "DECISION   forwarded to ns/one as greet\n",
                        "           why      client (2025-11-25) and server (2025-06-18) are both legacy",
                        "           header   x-mcp-toolname: greet\n",
                        "RESULT     OK, HTTP 200: {\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}\n",
                        "TIMES      connection  ",
                        "Envoy waited 7 ms of it\n",
                        "router      0.1 ms for the decision\n")
                .doesNotContain("UNKNOWN", "NOTE", "session-of-the-gateway");
        assertThat(gateway.received())
                .extracting(FakeGateway.Received::method)
                .containsExactly("initialize", "notifications/initialized", "tools/call", "DELETE");
        FakeGateway.Received call = gateway.received().get(2);
        assertThat(call.body().path("params"))
                .hasToString("{\"name\":\"p_greet\",\"arguments\":{\"name\":\"Ann\",\"times\":2}}");
        assertThat(call.headers()).containsEntry("mcp-session-id", "session-of-the-gateway");
        assertThat(call.body().path("id").asText())
                .isEqualTo("trace-" + call.headers().get("x-request-id"));
        assertThat(run.out()).startsWith("REQUEST    " + call.headers().get("x-request-id") + " at http://127.0.0.1:");
        assertThat(gateway.asked())
                .singleElement()
                .satisfies(
                        query -> assertThat(query)
                                .startsWith(
                                        "name=p_greet&method=tools%2Fcall&protocolVersion=2025-11-25&url=http%3A%2F%2F127.0.0.1"));
    }

    @Test
    void theReplyIsFoundInAStream() {
        gateway.answer(
                "tools/call",
                200,
                "text/event-stream",
                "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}\n\n"
                        + "data: {\"jsonrpc\":\"2.0\",\"id\":\"x\"," + RESULT + "}\n\n");

        assertThat(run("p_greet").out()).contains("RESULT     OK, HTTP 200: {\"content\"");
    }

    @Test
    void aModernClientNeedsNoSession() {
        gateway.call(RESULT);

        assertThat(run("p_greet", "--protocol-version", "2026-07-28").exit()).isZero();
        FakeGateway.Received call = gateway.received().getFirst();
        assertThat(call.headers())
                .containsEntry("mcp-method", "tools/call")
                .containsEntry("mcp-name", "p_greet")
                .containsEntry("mcp-protocol-version", "2026-07-28");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"result\":{\"isError\":true,\"content\":[]}; RESULT     TOOL ERROR, HTTP 200: {\"isError\":true",
                "\"error\":{\"code\":-32602,\"message\":\"Unknown tool\"}; RESULT     REFUSED, HTTP 200: -32602 Unknown tool"
            })
    void whatFailsIsCode1(String member, String told) {
        gateway.call(member);

        CommandRun run = run("p_greet");

        assertThat(run.out()).contains(told);
        assertThat(run.exit()).isEqualTo(1);
    }

    /** The router would let it pass, so it was somebody else. */
    @Test
    void aPolicyThatRefusesIsGuessed() {
        gateway.answer("initialize", 401, "text/plain", "Jwt is\u0007 missing\u202e");

        CommandRun run = run("p_greet");

        assertThat(run.out())
                .contains(
                        "RESULT     REFUSED, HTTP 401: initialize: Jwt is  missing\n",
                        "NOTE       the router lets such a call pass, so the server, a policy or a limit refused it");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void theTokenGoesToTheGatewayAndNowhereElse() throws IOException {
        gateway.call(RESULT);
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"allowed-tools\":{}}".getBytes(StandardCharsets.UTF_8));
        Path token = Files.writeString(folder.resolve("token"), "Bearer e30." + claims + ".signature\n");

        CommandRun run = run("p_greet", "--token-file", token.toString(), "-o", "json");

        assertThat(gateway.received())
                .allSatisfy(request -> assertThat(request.headers())
                        .containsEntry("authorization", "Bearer e30." + claims + ".signature"));
        assertThat(gateway.asked())
                .singleElement()
                .satisfies(query -> assertThat(query).endsWith(" " + claims + " null"));
        assertThat(run.out() + run.err()).doesNotContain("signature", claims);
    }

    @Test
    void itsLineOfTheAuditLogIsFoundByTheIdOfTheMessage() throws IOException {
        gateway.call(RESULT);
        Path log = Files.createFile(folder.resolve("audit.log"));
        gateway.audit(log);

        CommandRun run = run("p_greet", "--log", log.toString(), "-o", "json");

        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.path("version").asInt()).isEqualTo(1);
        assertThat(report.at("/result/outcome").asText()).isEqualTo("ok");
        assertThat(report.at("/decisions/0/headers/x-mcp-servername").asText()).isEqualTo("ns/one");
        assertThat(report.at("/call/steps")).hasSize(2);
        assertThat(report.at("/audit")).hasSize(1);
        assertThat(report.at("/audit/0/line/requestId").asText()).isEqualTo("of-envoy");
        assertThat(run("p_greet", "--log", log.toString()).out())
                .contains(
                        "DECISION   forwarded to ns/one\n",
                        "           request  of-envoy\n",
                        "NOW        forwarded to ns/one as greet\n");
    }

    @Test
    void aRequestIsFoundInALog() throws IOException {
        Path log = folder.resolve("mixed.log");
        Files.writeString(log, Files.readString(Path.of("src/test/resources/golden/trace/mixed.log")));

        CommandRun run = CommandRun.of(noCluster(), "--request-id", "7d8e0001", "--log", log.toString());

        assertThat(run.out())
                .isEqualTo(Files.readString(Path.of("src/test/resources/golden/trace/mixed.txt"))
                        .replace("LOGFILE", log.toString()));
        assertThat(run.exit()).isZero();
        assertThat(gateway.received()).isEmpty();
    }

    @Test
    void aRequestThatNoLogHasIsCode3() throws IOException {
        Path log = Files.writeString(folder.resolve("empty.log"), "");

        assertThat(CommandRun.of(noCluster(), "--request-id", "7d8e0001", "--log", log.toString())
                        .exit())
                .isEqualTo(3);
        CommandRun missing = CommandRun.of(noCluster(), "--request-id", "7d8e0001", "--log", "none");
        assertThat(missing.out()).contains("UNKNOWN    file none: it cannot be read");
    }

    @Test
    void aGatewayThatIsDownIsTold() {
        CommandRun run = CommandRun.of(
                noCluster(),
                "x",
                "--config",
                "c",
                "--url",
                "http://127.0.0.1:1/mcp",
                "--broker-url",
                "http://127.0.0.1:1");

        assertThat(run.out())
                .contains(
                        "RESULT     NO ANSWER, initialize: connection refused",
                        "UNKNOWN    broker http://127.0.0.1:1: connection refused");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void withoutAGatewayInTheClusterNothingIsCalled() {
        try (FakeCluster cluster = new FakeCluster()) {
            CommandRun run = CommandRun.of(new TraceCommand(Map.of(), _ -> cluster.connect()), "p_greet");

            assertThat(run.out()).contains("UNKNOWN    gateway: no MCPGatewayExtension is accepted");
            assertThat(run.exit()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; give either TOOL or --request-id",
                "x --request-id 12345; give either TOOL or --request-id",
                "--request-id 1; too short",
                "--request-id 12345 --arg a=b; calls nothing",
                "x --log f; --log needs",
                "x --url ftp://a/mcp; --url must be like",
                "x --url http://user@a/mcp; --url must be like",
                "x --token-file none; cannot read none",
                "x --arguments [1]; is not a JSON object",
                "x --arguments {; is not JSON",
                "x --protocol-version 1; --protocol-version must be one of",
                "x --timeout 0; --timeout must be",
                "x --broker-url http://a; --broker-url needs --config",
                "x --config c -n a; -n is for clusters"
            })
    void aWrongCommandLineIsCode2(String line, String problem) {
        CommandRun run = CommandRun.of(noCluster(), line.isEmpty() ? new String[0] : line.split(" ", -1));

        assertThat(run.err()).contains(problem);
        assertThat(run.exit()).isEqualTo(2);
    }

    private CommandRun run(String tool, String... more) {
        List<String> line = new ArrayList<>(List.of(
                tool,
                "--config",
                "config.yaml",
                "--url",
                gateway.base() + "/mcp",
                "--broker-url",
                gateway.base().toString()));
        line.addAll(List.of(more));
        return CommandRun.of(noCluster(), line.toArray(String[]::new));
    }

    private static TraceCommand noCluster() {
        return new TraceCommand(Map.of(), _ -> {
            throw new AssertionError("no cluster");
        });
    }
}
