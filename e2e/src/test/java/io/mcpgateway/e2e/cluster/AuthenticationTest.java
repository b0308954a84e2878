package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Users and programs log in at a real Keycloak; Istio's own policies at the gateway, and roles in the token. */
@BedTest
@Order(12)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationTest {
    private static final Pattern METADATA = Pattern.compile("resource_metadata=\"([^\"]+)\"");
    private static final String READY =
            "{range .status.conditions[?(@.type=='Ready')]}{.observedGeneration} {.status}{end}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deque<Runnable> undoing = new ArrayDeque<>();
    private final Installation installation = Installation.ready();
    private final Kubectl kubectl = installation.kubectl();
    private final URI url = installation.url();
    private LoginServer login;
    private String expiring;

    @BeforeAll
    void guardTheGateway() throws IOException {
        login = LoginServer.start(installation);
        login.addClient("elsewhere", "");
        login.addClient(
                "brief",
                ",\"attributes\":{\"access.token.lifespan\":\"1\"},\"protocolMappers\":[" + LoginServer.AUDIENCE_MAPPER
                        + "]");
        expiring = login.tokenOf("brief", "alice");
        extension(
                "oauthProtectedResource",
                "{\"resource\":\"" + url + "\",\"resourceName\":\"Tools\",\"authorizationServers\":[\""
                        + LoginServer.ISSUER + "\"]}");
        apply(installation
                .fixture("login-policies.yaml")
                .replace("${LOGIN}", LoginServer.PUBLIC_URL)
                .replace("${GATEWAY}", root()));
        kubectl.await(Installation.GATEWAY, "401 without a token", () -> anonymous("POST", url), code -> code == 401);
        String alice = login.tokenOf("alice");
        kubectl.await(Installation.GATEWAY, "a session with a token", () -> session(alice), "a session"::equals);
    }

    @AfterAll
    void undo() {
        while (!undoing.isEmpty()) {
            undoing.pop().run();
        }
    }

    @Test
    @Order(1)
    @DisplayName("login: a caller without a token is told where to log in, step by step up to the token endpoint")
    void anonymousCallersAreToldWhereToLogIn() throws IOException {
        try (McpClient client = McpClient.of(url)) {
            Reply refused = client.post(McpClient.INITIALIZE, Map.of());
            assertThat(refused.status()).as(refused.toString()).isEqualTo(401);
            assertThat(refused.header("access-control-expose-headers")).contains("WWW-Authenticate");
            Matcher metadata =
                    METADATA.matcher(refused.header("www-authenticate").orElse(""));
            assertThat(metadata.find()).as(refused.headers().toString()).isTrue();
            assertThat(metadata.group(1)).isEqualTo(root() + "/.well-known/oauth-protected-resource/mcp");

            try (McpClient document = McpClient.of(URI.create(metadata.group(1)))) {
                JsonNode resource = document.send("GET", Map.of()).json();
                assertThat(resource.path("resource").asText()).isEqualTo(url.toString());
                String issuer = resource.at("/authorization_servers/0").asText();
                JsonNode server =
                        login.document(issuer.replace("/realms/", "/.well-known/oauth-authorization-server/realms/"));
                assertThat(server.path("issuer").asText()).isEqualTo(issuer);
                assertThat(server.path("token_endpoint").asText()).isNotEmpty();
                assertThat(server.path("code_challenge_methods_supported").toString())
                        .contains("S256");
                assertThat(document.send("OPTIONS", Map.of("Origin", "https://app.example.com"))
                                .header("access-control-allow-origin"))
                        .contains("*");
            }
            assertThat(client.send("OPTIONS", Map.of()).status())
                    .as("a browser's question beforehand")
                    .isLessThan(300);
        }
        assertThat(anonymous("GET", url)).isEqualTo(401);
        assertThat(anonymous("DELETE", url)).isEqualTo(401);
        assertThat(anonymous("POST", URI.create(url + "/"))).isEqualTo(401);
    }

    @Test
    @Order(2)
    @DisplayName("login: roles of the token decide on each tool, whatever x-mcp-* headers the caller adds")
    void rolesDecideOnEachTool() throws IOException {
        try (Caller alice = Caller.connect(url, login.tokenOf("alice"));
                Caller bob = Caller.connect(url, login.tokenOf("bob"));
                Caller agent = Caller.connect(url, login.tokenOfAgent())) {
            assertThat(alice.call("test1_greet").text()).isEqualTo("Hi e2e");
            assertThat(alice.call("test1_time").status()).isEqualTo(403);
            assertThat(bob.call("test1_time").status()).isEqualTo(200);
            assertThat(agent.call("test1_time").status()).isEqualTo(200);
            assertThat(agent.call("test1_greet").status()).isEqualTo(403);
            assertThat(bob.call("test1_headers").status())
                    .as("a tool that no role allows")
                    .isEqualTo(403);
            assertThat(alice.call(
                                    "test1_time",
                                    Map.of("x-mcp-toolname", "greet", "x-mcp-servername", "mcp-test/server2"))
                            .status())
                    .as("with forged headers")
                    .isEqualTo(403);
        }
    }

    @Test
    @Order(3)
    @DisplayName("login: tokens of another realm, for something else, or made up are refused; so is another's session")
    void otherTokensAreRefused() throws IOException {
        try (Caller alice = Caller.connect(url, login.tokenOf("alice"))) {
            String tampered = alice.token().substring(0, alice.token().length() - 8) + "AAAAAAAA";
            for (String other : List.of(login.tokenOfOtherRealm(), "made.up.token", tampered)) {
                Reply refused = Caller.initialize(url, other);
                assertThat(refused.status()).as(refused.toString()).isEqualTo(401);
                assertThat(refused.header("www-authenticate").orElse("")).contains("invalid_token", root());
                assertThat(alice.with(other).call("test1_greet").status())
                        .as("with the session of somebody else")
                        .isIn(401, 404);
            }
            assertThat(alice.with(login.tokenOf("elsewhere", "alice"))
                            .call("test1_greet")
                            .status())
                    .as("for another audience")
                    .isEqualTo(403);
            assertThat(alice.with(login.tokenOf("bob")).call("test1_greet").status())
                    .as("another's session")
                    .isEqualTo(404);
            assertThat(alice.call("test1_greet").status()).isEqualTo(200);
        }
    }

    @Test
    @Order(4)
    @DisplayName("login: lists show the tools that the token's roles allow, and those are the ones that can be called")
    void listsShowWhatTheRolesAllow() throws IOException {
        trustTheTokens();
        String token = login.tokenOf("bob");
        try (Caller alice = Caller.connect(url, login.tokenOf("alice"));
                Caller bob = Caller.connect(url, token)) {
            List<String> all = List.of("test1_greet", "test1_headers", "test1_time", "test2_hello_world", "test2_time");
            assertThat(alice.toolNames(Map.of())).isEqualTo(callable(alice, all));
            assertThat(alice.toolNames(Map.of())).containsExactly("test1_greet", "test2_hello_world");
            assertThat(bob.toolNames(Map.of())).isEqualTo(callable(bob, all));
            assertThat(bob.toolNames(Map.of())).containsExactly("test1_greet", "test1_time");
            assertThat(alice.toolNames(Map.of("x-authorized-tools", token)))
                    .as("with another's token in the header of the layer in front")
                    .containsExactly("test1_greet", "test2_hello_world");
            assertThat(alice.call("test1_time", Map.of("x-authorized-tools", token))
                            .json()
                            .at("/error/code")
                            .asInt())
                    .isEqualTo(-32602);
        }
    }

    @Test
    @Order(5)
    @DisplayName("login: the Python SDK, told the gateway's URL only, finds the login server, logs in and calls")
    void pythonSdkFindsItsWay() throws IOException {
        JsonNode seen = logIn(pythonSdk(), url, "test1_greet");

        assertThat(seen.path("answer").asText()).isEqualTo("Hi alice");
        assertThat(seen.path("tools").toString()).isEqualTo("[\"test1_greet\",\"test2_hello_world\"]");
        assertThat(seen.path("asked").asText()).startsWith(LoginServer.ISSUER).contains("code_challenge_method=S256");
    }

    @Test
    @Order(6)
    @DisplayName("login: the Python and TypeScript SDKs, told a server's own URL only, log in there and call")
    void sdksFindTheirWayAtTheUrlOfAServer() throws IOException {
        URI own = URI.create(url + "/servers/mcp-test/server1");
        for (List<String> sdk : List.of(pythonSdk(), typescriptSdk())) {
            JsonNode seen = logIn(sdk, own, "greet");

            assertThat(seen.path("answer").asText()).isEqualTo("Hi alice");
            assertThat(seen.path("tools").toString()).isEqualTo("[\"greet\"]");
            assertThat(URLDecoder.decode(seen.path("asked").asText(), StandardCharsets.UTF_8))
                    .startsWith(LoginServer.ISSUER)
                    .contains("resource=" + own);
        }
    }

    @Test
    @Order(7)
    @DisplayName("login: a token that has expired is refused, and the answer says so")
    void expiredTokensAreRefused() {
        // Envoy allows clocks to differ by a minute.
        String answer = kubectl.await(
                Installation.GATEWAY,
                "no session with an expired token",
                () -> session(expiring),
                text -> text.contains("401"));
        assertThat(answer).contains("Jwt is expired");
    }

    /** Gives the broker the key; Envoy passes on each token as the signed header. */
    private void trustTheTokens() throws IOException {
        apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: login-key, namespace: mcp-system}
                stringData:
                  key: |
                    %s
                """.formatted(login.publicKey().strip().replace("\n", "\n    ")));
        extension("trustedHeadersKey", "{\"secretName\":\"login-key\"}");
        apply(installation.fixture("login-lists.yaml"));
        String alice = login.tokenOf("alice");
        kubectl.await(Installation.GATEWAY, "a list of two tools", () -> tools(alice), tools -> tools.size() == 2);
    }

    private static List<String> pythonSdk() {
        return List.of(
                "env",
                "PYTHONPATH=" + Foreign.require(ForeignTool.PYTHON),
                "PYTHONDONTWRITEBYTECODE=1",
                "python3",
                ProjectFolder.locate().resolve("e2e/foreign/python/login.py").toString());
    }

    /** The 1.x one: 2.x sends a code without TLS to this machine only, and the login server has a name. */
    private static List<String> typescriptSdk() {
        Path folder = Foreign.require(ForeignTool.TYPESCRIPT);
        return List.of(
                "env",
                "STRANGERS_FOLDER=" + folder,
                folder.resolve("node").toString(),
                ProjectFolder.locate()
                        .resolve("e2e/foreign/login/typescript.mjs")
                        .toString(),
                "1");
    }

    /** Lets the client of an SDK log in as alice and call a tool; what it saw. */
    private JsonNode logIn(List<String> sdk, URI at, String tool) throws IOException {
        Path target = ProjectFolder.locate().resolve("e2e/target/login");
        try (ChildProcess forward = ChildProcess.start(
                "port-forward",
                List.of("kubectl", "port-forward", "-n", "login", "service/keycloak", "8180:8080"),
                Map.of(),
                target.resolve("forward.log"))) {
            kubectl.await(
                    Installation.GATEWAY,
                    "a port to Keycloak",
                    () -> forward.lastLines(2).toString(),
                    text -> text.contains(":8180"));
            List<String> command = new ArrayList<>(sdk);
            command.addAll(List.of(at.toString(), "mcp-client", "alice", "alice", tool));
            return JSON.readTree(Command.run(command, "").orFail());
        }
    }

    private static List<String> callable(Caller caller, List<String> tools) throws IOException {
        List<String> callable = new ArrayList<>();
        for (String tool : tools) {
            Reply reply = caller.call(tool);
            if (reply.status() == 200 && !reply.json().has("error")) {
                callable.add(tool);
            }
        }
        return callable;
    }

    private List<String> tools(String token) {
        try (Caller caller = Caller.connect(url, token)) {
            return caller.toolNames(Map.of());
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    private String session(String token) {
        try (Caller _ = Caller.connect(url, token)) {
            return "a session";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private int anonymous(String method, URI target) {
        try (McpClient client = McpClient.of(target)) {
            Reply reply =
                    method.equals("POST") ? client.post(McpClient.INITIALIZE, Map.of()) : client.send(method, Map.of());
            return reply.status();
        } catch (IOException e) {
            return 0;
        }
    }

    private String root() {
        return url.toString().replaceFirst("/mcp$", "");
    }

    private void apply(String yaml) {
        undoing.push(() -> kubectl.delete(yaml));
        kubectl.apply(yaml);
    }

    /** Sets a field of the extension until the scenario ends. */
    private void extension(String field, String json) {
        undoing.push(() -> patch(field, "null"));
        patch(field, json);
    }

    private void patch(String field, String json) {
        kubectl.run(
                "patch",
                "mcpge",
                "mcp-gateway",
                "-n",
                "mcp-system",
                "--type=merge",
                "-p",
                "{\"spec\":{\"" + field + "\":" + json + "}}");
        kubectl.await(
                Installation.EXTENSION,
                "Ready of this generation",
                () -> kubectl.field(Installation.EXTENSION, "{.metadata.generation} " + READY),
                text -> text.matches("(\\d+) \\1 True"));
        kubectl.run("rollout", "status", "-n", "mcp-system", "deployment/mcp-gateway", "--timeout=110s");
    }
}
