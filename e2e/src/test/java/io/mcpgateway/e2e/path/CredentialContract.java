package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.AskingBackend;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which credential a call has, and that no credential is in the broker's debug log. */
abstract class CredentialContract extends WithGateway {
    private static final String OWNERS = "Bearer the-owners-own-token";
    private static final String CLIENTS = "Bearer the-clients-own-token";

    private RecordingBackend recording;
    private AskingBackend asking;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    CredentialContract(Front front) {
        super(front);
    }

    @Override
    TestGateway start(Front front) throws IOException {
        recording = keep(RecordingBackend.start("echo"));
        asking = keep(AskingBackend.start("ask"));
        TestGateway gateway = keep(TestGateway.start(front, List.of(ServerEntry.of("none", recording.url()))));
        gateway.serve("servers:\n" + entry("none", "None") + entry("forward", "Forward") + entry("shared", "Shared")
                + entry("asking", "Shared")
                        .replace(recording.url().toString(), asking.url().toString()));
        gateway.awaitTools("all four servers", names -> names.size() == 4);
        return gateway;
    }

    private String entry(String name, String mode) {
        return "- name: demo/" + name + "\n  url: " + recording.url() + "\n  hostname: " + name
                + ".mcp.local\n  toolPrefix: " + name + "_\n  credential: " + OWNERS + "\n  upstreamAuthorization: "
                + mode + "\n";
    }

    @Test
    void callsCarryTheAuthorizationOfTheirServersMode() throws IOException {
        assertThat(sent("none", Map.of())).isEmpty();
        assertThat(sent("forward", Map.of())).isEmpty();
        assertThat(sent("shared", Map.of())).hasValue(OWNERS);
        assertThat(sent("none", Map.of("Authorization", CLIENTS))).isEmpty();
        assertThat(sent("forward", Map.of("Authorization", CLIENTS))).hasValue(CLIENTS);
        assertThat(sent("shared", Map.of("Authorization", CLIENTS))).hasValue(OWNERS);
    }

    /** Credentials for the gateway, or for a proxy in front of it. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "forward", "shared"})
    void noServerGetsWhatTheCallerProvesItselfWithToTheGateway(String server) throws IOException {
        Map<String, String> caller = Map.of(
                "Authorization", CLIENTS,
                "Cookie", "gateway=secret",
                "Proxy-Authorization", "Basic c2VjcmV0",
                "X-Forwarded-Access-Token", "secret",
                "X-Mcp-Upstream-Authorization", "Forward",
                "Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "X-Tenant", "blue");
        McpClient client = session(caller);
        recording.forgetRequests();

        assertThat(call(client, server, caller).status()).isEqualTo(200);

        assertThat(recording.requests()).hasSizeGreaterThan(1).allSatisfy(request -> {
            assertThat(request.header("cookie")).isEmpty();
            assertThat(request.header("proxy-authorization")).isEmpty();
            assertThat(request.header("x-forwarded-access-token")).isEmpty();
            assertThat(request.header("x-mcp-upstream-authorization")).isEmpty();
        });
        assertThat(recording.calls().getLast().header("traceparent")).isPresent();
        assertThat(recording.calls().getLast().header("x-tenant")).hasValue("blue");
    }

    /** A server could act for the gateway's host, and so for all other servers. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "forward", "shared"})
    void noServerSpeaksForTheGatewaysHost(String server) throws IOException {
        Map<String, String> withheld = Map.of(
                "Set-Cookie", "server=secret",
                "Strict-Transport-Security", "max-age=31536000; includeSubDomains",
                "Clear-Site-Data", "\"*\"",
                "Alt-Svc", "h2=\"elsewhere.example.com:443\"",
                "Access-Control-Allow-Credentials", "true",
                "Content-Security-Policy", "default-src 'none'",
                "Location", "http://inside.example.com/");
        McpClient client = session(Map.of());
        Map<String, String> sent = new HashMap<>(withheld);
        sent.put("X-Made-Up", "passes");
        recording.alsoSend(sent);
        try {
            Reply reply = call(client, server, Map.of());

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("X-Made-Up")).isEqualTo(Optional.of("passes"));
            assertThat(withheld.keySet())
                    .allSatisfy(name -> assertThat(reply.header(name)).isEmpty());
        } finally {
            recording.alsoSend(Map.of());
        }
    }

    /** Otherwise the client would log in where the server says, and send that token to the gateway. */
    @ParameterizedTest
    @CsvSource({
        "none, 401, 502",
        "none, 403, 502",
        "shared, 401, 502",
        "shared, 403, 502",
        "forward, 401, 401",
        "forward, 403, 403"
    })
    void aServersRefusalReachesTheClientOnlyWhereItsOwnTokenWent(String server, int status, int seen)
            throws IOException {
        String challenge = "Bearer resource_metadata=\"http://elsewhere.example.com/metadata\"";
        Map<String, String> caller = Map.of("Authorization", CLIENTS);
        McpClient client = session(caller);
        assertThat(call(client, server, caller).status()).isEqualTo(200);
        recording.answerCallsWith(
                Optional.of(new RecordingBackend.Refusal(status, "{}", Map.of("WWW-Authenticate", challenge))));
        try {
            Reply reply = call(client, server, caller);

            assertThat(reply.status()).isEqualTo(seen);
            assertThat(reply.header("WWW-Authenticate"))
                    .isEqualTo(seen == status ? Optional.of(challenge) : Optional.empty());
            assertThat(reply.header("x-mcp-not-as-caller")).isEmpty();
            if (seen != status) {
                assertThat(reply.json().path("id").asInt()).isEqualTo(1);
                assertThat(reply.json().at("/error/message").asText()).contains("demo/" + server, "HTTP " + status);
            }
        } finally {
            recording.answerCallsWith(Optional.empty());
        }
    }

    @Test
    void aReplyToAQuestionOfTheServerCarriesWhatTheCallDoes() throws IOException {
        McpClient client = connect("\"roots\":{}", Map.of());
        String ask = "{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":5,\\\"method\\\":\\\"ping\\\"}";
        Iterator<String> lines = client.stream(
                        McpClient.callBody("1", "asking_ask", "{\"where\":\"call\",\"ask\":\"" + ask + "\"}"), Map.of())
                .body()
                .filter(line -> line.contains("ping") || line.contains("result"))
                .iterator();
        String id = lines.next().replaceAll(".*\"(mcpgw1[^\"]*)\".*", "$1");

        assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":{}}", Map.of())
                        .status())
                .isEqualTo(202);

        assertThat(lines.next()).contains("result");
        assertThat(asking.requests("tools/call").getLast().header("authorization"))
                .hasValue(OWNERS);
        assertThat(asking.requests("").getLast().header("authorization")).hasValue(OWNERS);
    }

    @Test
    void noCredentialAndNoSessionIdIsInTheLog() throws IOException {
        Map<String, String> caller = Map.of("Authorization", CLIENTS);
        McpClient client = session(caller);
        assertThat(call(client, "shared", caller).status()).isEqualTo(200);
        assertThat(client.send("DELETE", caller).status()).isEqualTo(200);
        assertThat(call(client, "shared", caller).status()).isEqualTo(404);

        String log = Files.readString(gateway().running().broker().log());
        assertThat(log).contains("session created").contains("level=DEBUG");
        assertThat(log)
                .doesNotContain("the-owners-own-token")
                .doesNotContain("the-clients-own-token")
                .doesNotContain(client.session().orElseThrow())
                .doesNotContain("eyJ") // how every JSON web token begins
                .doesNotContain(TestGateway.SIGNING_KEY);
        recording.requests().stream()
                .flatMap(request -> request.header("mcp-session-id").stream())
                .distinct()
                .forEach(backendSession -> assertThat(log).doesNotContain(backendSession));
    }

    /** The Authorization that the server got, which is the same for initialize and for the call. */
    private Optional<String> sent(String server, Map<String, String> headers) throws IOException {
        McpClient client = session(headers);
        recording.forgetRequests();
        assertThat(call(client, server, headers).status()).isEqualTo(200);
        Optional<String> called = recording.calls().getLast().header("authorization");
        List<Recorded> opened = recording.requests("initialize");
        assertThat(opened.getLast().header("authorization")).isEqualTo(called);
        return called;
    }

    private McpClient session(Map<String, String> headers) throws IOException {
        return connect("", headers);
    }

    private static Reply call(McpClient client, String server, Map<String, String> headers) throws IOException {
        return client.post(McpClient.callBody("1", server + "_echo", "{}"), headers);
    }
}
