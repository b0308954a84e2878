package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The table of docs/upstream-authorization.md: which token a server gets, by mode and policy. */
@BedTest
@Order(12)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenTest {
    private static final String NONE = "none";
    private static final String KEY = "Bearer key-of-server1";
    private static final Subject SERVER = Subject.registration("server1");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deque<Runnable> undoing = new ArrayDeque<>();
    private final Installation installation = Installation.ready();
    private final Kubectl kubectl = installation.kubectl();
    private final URI url = installation.url();
    private LoginServer login;

    @BeforeAll
    void policiesAndCredential() throws IOException {
        login = LoginServer.start(installation);
        policies("[mcp-gateway]", true);
        undoing.push(() -> kubectl.delete(installation.fixture("token-policies.yaml")));
        apply(Yaml.credential("server1-key", KEY));
        undoing.push(() -> patch("{\"credentialRef\":null,\"upstreamAuthorization\":null}"));
        patch("{\"credentialRef\":{\"name\":\"server1-key\"}}");
        kubectl.await(Installation.GATEWAY, "401 for a made up token", () -> seen("made.up.token"), "401"::equals);
    }

    @AfterAll
    void undo() {
        while (!undoing.isEmpty()) {
            undoing.pop().run();
        }
    }

    @Test
    @Order(1)
    @DisplayName(
            "tokens: RequestAuthentication and AuthorizationPolicy judge the caller in each mode, and the server gets what the mode says")
    void policiesJudgeTheCallerInEachMode() throws IOException {
        String alice = login.tokenOf("alice");
        for (Map.Entry<String, String> mode :
                List.of(Map.entry("None", NONE), Map.entry("Forward", "Bearer " + alice), Map.entry("Shared", KEY))) {
            mode(mode.getKey());
            kubectl.await(SERVER, "the token of mode " + mode, () -> seen(alice), mode.getValue()::equals);
            try (Caller caller = Caller.connect(url, alice)) {
                Reply refused = caller.call("test1_time");
                assertThat(refused.status()).as(mode.getKey() + ": " + refused).isEqualTo(403);
                assertThat(refused.body()).contains("refused with HTTP 403 by a policy");
            }
        }
    }

    @Test
    @Order(2)
    @DisplayName("tokens: with forwardOriginalToken false the server gets none, or the gateway's own")
    void tokensThatIstioTakesOutDoNotComeBack() throws IOException {
        policies("[mcp-gateway]", false);
        try {
            String alice = login.tokenOf("alice");
            mode("Forward");
            kubectl.await(SERVER, "no token", () -> seen(alice), NONE::equals);
            mode("Shared");
            kubectl.await(SERVER, "the key", () -> seen(alice), KEY::equals);
            mode("None");
            kubectl.await(SERVER, "no token", () -> seen(alice), NONE::equals);
        } finally {
            policies("[mcp-gateway]", true);
        }
    }

    @Test
    @Order(3)
    @DisplayName(
            "tokens: what an ext_authz service exchanges reaches the server in mode Forward only; what it refuses is refused")
    void exchangedTokensReachTheServer() throws IOException {
        login.addExchanger("mcp-gateway");
        String policy = installation.fixture("token-exchange.yaml");
        // Istio asks the service before it checks the token, so it checks the server's token.
        policies("[mcp-gateway, mcp-test/server1]", true);
        kubectl.apply(policy);
        try {
            kubectl.run("rollout", "status", "-n", "login", "deployment/token-exchange", "--timeout=60s");
            String alice = login.tokenOf("alice");
            mode("Forward");
            String exchanged = kubectl.await(
                    SERVER,
                    "a token of Keycloak for server1",
                    () -> seen(alice),
                    seen -> seen.startsWith("Bearer ") && !seen.equals("Bearer " + alice));
            JsonNode claims = claims(exchanged);
            assertThat(claims.at("/aud").toString()).as(claims.toString()).contains("mcp-test/server1");
            assertThat(claims.at("/aud").toString()).as(claims.toString()).doesNotContain("mcp-gateway");
            assertThat(claims.at("/preferred_username").asText()).isEqualTo("alice");

            mode("None");
            kubectl.await(SERVER, "no token", () -> seen(alice), NONE::equals);
            mode("Shared");
            kubectl.await(SERVER, "the key", () -> seen(alice), KEY::equals);

            try (Caller bob = Caller.connect(url, login.tokenOf("bob"))) {
                Reply refused = bob.call("test2_time");
                assertThat(refused.status())
                        .as("Keycloak gives bob no token for server2: " + refused)
                        .isEqualTo(403);
            }
        } finally {
            kubectl.delete(policy);
            policies("[mcp-gateway]", true);
        }
        String alice = login.tokenOf("alice");
        mode("Forward");
        kubectl.await(SERVER, "the caller's token again", () -> seen(alice), ("Bearer " + alice)::equals);
    }

    /** The Authorization that server1 gets with a call, {@link #NONE}, or the status of a session that is refused. */
    private String seen(String token) {
        try {
            Reply started = Caller.initialize(url, token);
            if (started.status() != 200) {
                return Integer.toString(started.status());
            }
            try (Caller caller = Caller.connect(url, token)) {
                Reply reply = caller.call("test1_headers");
                return reply.status() == 200 ? authorization(reply.text()) : reply.toString();
            }
        } catch (IOException | IllegalStateException e) {
            return e.toString();
        }
    }

    private static String authorization(String headers) {
        Predicate<String> named = line -> line.toLowerCase(Locale.ROOT).startsWith("authorization: ");
        return headers.lines()
                .filter(named)
                .map(line -> line.substring("authorization: ".length()))
                .findFirst()
                .orElse(headers.contains(": ") ? NONE : headers);
    }

    private static JsonNode claims(String bearer) throws IOException {
        String payload = bearer.split("\\.", -1)[1];
        return JSON.readTree(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }

    private void policies(String audiences, boolean forward) {
        kubectl.apply(installation
                .fixture("token-policies.yaml")
                .replace("${LOGIN}", LoginServer.PUBLIC_URL)
                .replace("${AUDIENCES}", audiences)
                .replace("${FORWARD}", Boolean.toString(forward)));
    }

    private void apply(String yaml) {
        undoing.push(() -> kubectl.delete(yaml));
        kubectl.apply(yaml);
    }

    private void mode(String mode) {
        patch("{\"upstreamAuthorization\":{\"mode\":\"" + mode + "\"}}");
    }

    private void patch(String spec) {
        kubectl.run("patch", "mcpsr", "server1", "-n", "mcp-test", "--type=merge", "-p", "{\"spec\":" + spec + "}");
    }
}
