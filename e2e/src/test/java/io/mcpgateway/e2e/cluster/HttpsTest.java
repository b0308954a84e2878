package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import io.mcpgateway.e2e.fixture.AskingBackend;
import io.mcpgateway.e2e.fixture.PrivateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways with HTTPS listeners, whose certificates are from a private CA. */
@BedTest
@Order(16)
class HttpsTest extends ClusterScenario {
    private static final Subject GATEWAY = Subject.of("gateway", "https", "secure");
    private static final String HOST = Installation.PUBLIC_HOST;
    private static final String GREETING = "{\"name\":\"e2e\"}";
    private static final String TRUST = "caCertBundleRef: {name: e2e-authority}";
    private static final Pattern ASKED = Pattern.compile("\"id\":\"([^\"]+)\".*elicitation/create");

    /** The bed's bridge, which Pods see as the world outside of the cluster. */
    private static final String OUTSIDE = "10.244.0.1";

    @TempDir
    Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    private PrivateAuthority authority;

    @BeforeEach
    void start() throws IOException {
        authority = PrivateAuthority.create(folder);
        apply(installation().fixture("https-gateway.yaml"));
        apply(authority.secret("https", "public-cert", HOST));
        apply(authority.secret("https", "wildcard-cert", "*.127-0-0-1.sslip.io"));
        kubectl().run("wait", "-n", "https", "--for=condition=Programmed", "gateway/secure", "--timeout=90s");
    }

    @Test
    @Order(1)
    @DisplayName("HTTPS, one wildcard listener on 8443: listed, called, deleted; registered hosts stay closed")
    void wildcardListenerServesClientsAndServers() throws Exception {
        extension("https", "wildcard", TRUST);
        register("tls-first", "first_", "first.127-0-0-1.sslip.io", "server2", "wildcard");
        register("tls-second", "second_", "second.127-0-0-1.sslip.io", "server2", "wildcard");
        URI url = url(8443);

        try (McpClient client = connect(url)) {
            awaitTools(client, "first_hello_world", "second_hello_world");
            assertThat(client.call("first_hello_world", GREETING).text()).isEqualTo("Hello, e2e!");
            assertThat(client.call("second_hello_world", GREETING).text()).isEqualTo("Hello, e2e!");
            try (McpClient direct = McpClient.of(
                    URI.create(url.toString().replace(HOST, "first.127-0-0-1.sslip.io")), authority.trusting())) {
                Reply pinned = direct.post(McpClient.INITIALIZE, Map.of());
                assertThat(pinned.json().at("/result/serverInfo/name").asText()).isEqualTo("MCP Gateway");
            }

            kubectl().run("delete", "mcpsr", "tls-first", "-n", "mcp-test");

            kubectl()
                    .await(
                            Subject.extension("https", "mcp"),
                            "the second prefix only",
                            () -> names(client),
                            tools -> tools.contains("second_time") && !tools.contains("first_time"));
        }
    }

    @Test
    @Order(2)
    @DisplayName(
            "HTTPS, a listener for any host on 443: curl with the private authority, from kubectl apply to tools/call")
    void curlCallsAToolOnPort443() throws IOException {
        extension("https", "any", "publicHost: " + HOST + "\n  " + TRUST);
        register("tls-curl", "curl_", "curl.mcp.local", "server2", "any");

        String untrusted = curl(List.of(), McpClient.INITIALIZE).output();
        assertThat(untrusted).contains("SSL certificate problem");
        String initialized = trusted(McpClient.INITIALIZE).orFail();
        System.out.println(initialized.indent(4));
        Matcher session = Pattern.compile("(?i)mcp-session-id: (\\S+)").matcher(initialized);
        assertThat(session.find()).as(initialized).isTrue();
        String called = trusted(
                        McpClient.callBody("2", "curl_hello_world", GREETING), "Mcp-Session-Id: " + session.group(1))
                .orFail();
        System.out.println(called.indent(4));

        assertThat(called).contains("200", "Hello, e2e!");
    }

    @Test
    @Order(3)
    @DisplayName("HTTPS: a server asks the client within a call, and gets its answer")
    void elicitationWorks() throws Exception {
        extension("https", "any", "publicHost: " + HOST + "\n  " + TRUST);
        try (AskingBackend asking = AskingBackend.start("ask", InetAddress.getByName(OUTSIDE))) {
            apply(Yaml.outside("asking", OUTSIDE, asking.port()));
            register("tls-asking", "asking_", "asking.mcp.local", "asking", "any");
            String ask =
                    "{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":7,\\\"method\\\":\\\"elicitation/create\\\",\\\"params\\\":"
                            + "{\\\"message\\\":\\\"who?\\\",\\\"requestedSchema\\\":{\\\"type\\\":\\\"object\\\",\\\"properties\\\":{}}}}";
            try (McpClient client = McpClient.of(url(443), authority.trusting())
                    .initialized(McpClient.initialize("e2e", "{\"elicitation\":{}}"))) {
                awaitTools(client, "asking_ask");
                Iterator<String> lines = client.stream(
                                McpClient.callBody("5", "asking_ask", "{\"ask\":\"" + ask + "\"}"), Map.of())
                        .body()
                        .iterator();
                Matcher asked = ASKED.matcher(next(lines, "elicitation/create"));
                assertThat(asked.find()).isTrue();
                Reply answered = client.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":\"" + asked.group(1) + "\",\"result\":{\"action\":\"decline\"}}",
                        Map.of());

                assertThat(answered.status()).isEqualTo(202);
                assertThat(next(lines, "\"result\"")).contains("\\\"id\\\":7", "decline");
            }
        }
    }

    @Test
    @Order(4)
    @DisplayName("HTTPS: a server that forgot its sessions is called again in the same session of the client")
    void forgottenSessionIsMadeAnew() throws Exception {
        extension("https", "any", "publicHost: " + HOST + "\n  " + TRUST);
        register("tls-forgetful", "forgetful_", "forgetful.mcp.local", "server2", "any");
        try (McpClient client = connect(url(443))) {
            awaitTools(client, "forgetful_hello_world");
            assertThat(client.call("forgetful_hello_world", GREETING).text()).isEqualTo("Hello, e2e!");

            kubectl().run("rollout", "restart", "-n", "mcp-test", "deployment/server2");
            kubectl().run("rollout", "status", "-n", "mcp-test", "deployment/server2", "--timeout=90s");

            kubectl()
                    .await(
                            Subject.registration("tls-forgetful"),
                            "an answer in the same session",
                            () -> answer(client, "forgetful_hello_world"),
                            "Hello, e2e!"::equals);
        }
        kubectl().awaitReady(Subject.registration("server2"));
    }

    @Test
    @Order(5)
    @DisplayName("HTTPS and HTTP side by side: one server, an extension for each listener")
    void httpsAndHttpSideBySide() throws Exception {
        apply(Yaml.namespace("https-inside"));
        apply(Yaml.grant("https-inside", "https-inside").replace("gateway-system", "https"));
        extension("https", "wildcard", TRUST);
        extension("https-inside", "plain", "publicHost: " + HOST);
        apply(route("tls-both", "both.127-0-0-1.sslip.io", "server2", "wildcard")
                .replace(
                        "sectionName: wildcard}",
                        "sectionName: wildcard}, {name: secure, namespace: https, sectionName: plain}"));
        apply(Yaml.registration("tls-both", "both_", "tls-both"));
        kubectl().awaitReady(Subject.registration("tls-both"));

        try (McpClient tls = connect(url(8443));
                McpClient plain = McpClient.connect(
                        URI.create("http://" + HOST + ":" + installation().port(GATEWAY, 8080) + "/mcp"))) {
            for (McpClient client : List.of(tls, plain)) {
                awaitTools(client, "both_hello_world");
                assertThat(client.call("both_hello_world", GREETING).text()).isEqualTo("Hello, e2e!");
            }
        }
    }

    @Test
    @Order(6)
    @DisplayName("HTTPS, layouts that cannot work are refused, and what the messages say helps")
    void whatCannotWorkIsRefused() throws Exception {
        Subject extension = Subject.extension("https", "mcp");
        Subject registration = Subject.registration("tls-refused");
        apply(authoritySecret("https"));
        apply(Yaml.extension("https", "mcp", "{name: secure, sectionName: single}", TRUST));
        System.out.println("    "
                + kubectl()
                        .awaitNotReady(
                                extension,
                                "InvalidMCPGatewayExtension",
                                "HTTPS listener \"single\"",
                                "set spec.publicHost to " + HOST)
                        .message());

        kubectl()
                .apply(Yaml.extension(
                        "https", "mcp", "{name: secure, sectionName: any}", "publicHost: " + HOST + "\n  " + TRUST));
        kubectl().awaitReady(extension);
        apply(route("tls-refused", "refused.mcp.local", "server2", "servers"));
        apply(Yaml.registration("tls-refused", "refused_", "tls-refused"));
        System.out.println("    "
                + kubectl()
                        .awaitNotReady(
                                registration,
                                "NotReady",
                                "https/mcp uses HTTPS listener any (port 443, any host); attach the route to that listener")
                        .message());
        assertThat(kubectl().condition(registration, "Accepted"))
                .extracting(Kubectl.Condition::status, Kubectl.Condition::reason)
                .containsExactly("False", "HTTPRouteNotAttached");

        kubectl().apply(route("tls-refused", "refused.mcp.local", "server2", "any"));
        kubectl().awaitReady(registration);
        try (McpClient client = connect(url(443))) {
            awaitTools(client, "refused_hello_world");
            assertThat(client.call("refused_hello_world", GREETING).text()).isEqualTo("Hello, e2e!");
        }
    }

    @Test
    @Order(7)
    @DisplayName("HTTPS: a broker that does not trust the authority says so, and works once it does")
    void untrustedCaIsReportedAndHeals() throws Exception {
        Subject extension = Subject.extension("https", "mcp");
        apply(Yaml.extension("https", "mcp", "{name: secure, sectionName: any}", "publicHost: " + HOST));
        System.out.println("    "
                + kubectl()
                        .awaitNotReady(extension, "GatewayNotTrusted", "spec.caCertBundleRef")
                        .message());
        register("tls-untrusted", "untrusted_", "untrusted.mcp.local", "server2", "any");
        try (McpClient client = connect(url(443))) {
            awaitTools(client, "untrusted_hello_world");
            Reply refused = client.call("untrusted_hello_world", GREETING);
            System.out.println("    " + refused.body());
            assertThat(refused.status()).isEqualTo(502);
            kubectl().awaitLog(Subject.of("deployment", "https", "mcp-gateway"), "spec.caCertBundleRef");

            apply(authoritySecret("https"));
            kubectl()
                    .apply(Yaml.extension(
                            "https",
                            "mcp",
                            "{name: secure, sectionName: any}",
                            "publicHost: " + HOST + "\n  " + TRUST));

            kubectl()
                    .await(
                            extension,
                            "an answer in the same session",
                            () -> answer(client, "untrusted_hello_world"),
                            "Hello, e2e!"::equals);
            kubectl().awaitReady(extension);
        }
    }

    private void extension(String namespace, String section, String more) throws IOException {
        if (more.contains(TRUST)) {
            apply(authoritySecret(namespace));
        }
        apply(Yaml.extension(namespace, "mcp", "{name: secure, namespace: https, sectionName: " + section + "}", more));
        kubectl().awaitReady(Subject.extension(namespace, "mcp"));
    }

    private String authoritySecret(String namespace) throws IOException {
        return """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: e2e-authority
                  namespace: %s
                  labels: {mcp.kuadrant.io/credential: "true"}
                stringData:
                  ca.crt: |
                %s""".formatted(namespace, authority.certificate().indent(4));
    }

    private void register(String name, String prefix, String host, String service, String section) {
        apply(route(name, host, service, section));
        apply(Yaml.registration(name, prefix, name));
        kubectl().awaitReady(Subject.registration(name));
    }

    private static String route(String name, String host, String service, String section) {
        return Yaml.route(name, host, service)
                .replace(
                        "{name: mcp-gateway, namespace: gateway-system}",
                        "{name: secure, namespace: https, sectionName: " + section + "}");
    }

    private URI url(int listener) {
        return URI.create("https://" + HOST + ":" + installation().port(GATEWAY, listener) + "/mcp");
    }

    private McpClient connect(URI url) throws IOException, GeneralSecurityException {
        return McpClient.of(url, authority.trusting()).initialized(McpClient.INITIALIZE);
    }

    private void awaitTools(McpClient client, String... tools) {
        kubectl()
                .await(
                        Subject.extension("https", "mcp"),
                        "tools " + List.of(tools),
                        () -> names(client),
                        names -> names.containsAll(List.of(tools)));
    }

    private static List<String> names(McpClient client) {
        try {
            return client.toolNames();
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    private static String answer(McpClient client, String tool) {
        try {
            return client.call(tool, GREETING).text();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String next(Iterator<String> lines, String text) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended without " + text);
    }

    private Command.Result trusted(String body, String... headers) {
        return curl(List.of("--cacert", authority.file().toString()), body, headers);
    }

    /** As a user does it, including port 443; only the address is the bed's. */
    private Command.Result curl(List<String> options, String body, String... headers) {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-i"));
        command.addAll(options);
        command.addAll(List.of("--connect-to", "::127.0.0.1:" + installation().port(GATEWAY, 443)));
        command.addAll(List.of("-H", "Content-Type: application/json"));
        command.addAll(List.of("-H", "Accept: application/json, text/event-stream"));
        for (String header : headers) {
            command.addAll(List.of("-H", header));
        }
        command.addAll(List.of("--data-binary", "@-", "https://" + HOST + "/mcp"));
        return Command.run(command, body);
    }
}
