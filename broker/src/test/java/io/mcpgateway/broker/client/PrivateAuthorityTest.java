package io.mcpgateway.broker.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.mcpgateway.api.contract.CaCertificates;
import io.mcpgateway.broker.session.ClientFeatures;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real TLS server whose certificate is signed by an authority that nobody else knows. */
class PrivateAuthorityTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ANSWER = """
            {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{},\
            "serverInfo":{"name":"tls","version":"1"}}}""";
    private static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), 1 << 20, 1 << 20);

    @TempDir
    Path folder = Path.of("");

    private final McpHttpClient client = new McpHttpClient();
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        server = serve("server.p12", "dns:localhost,ip:127.0.0.1");
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void aServerOfAPrivateAuthorityIsReachedByThoseWhoTrustIt() throws Exception {
        CaCertificates authority = authority("server.p12");
        CaCertificates another = authority("another.p12");

        assertThat(open(List.of(another, authority))).isInstanceOf(OpenOutcome.Opened.class);
        assertThat(open(List.of(authority))).isInstanceOf(OpenOutcome.Opened.class);
        assertThat(open(List.of())).isInstanceOf(OpenOutcome.NotOpened.class);
        assertThat(open(List.of(another))).isInstanceOf(OpenOutcome.NotOpened.class);
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        server.stop(0);
        server = serve("elsewhere.p12", "dns:elsewhere.example.com");

        assertThat(open(List.of(authority("elsewhere.p12")))).isInstanceOf(OpenOutcome.NotOpened.class);
    }

    private OpenOutcome open(List<CaCertificates> trusted) throws InterruptedException {
        McpTarget target = new McpTarget(
                URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/mcp"), Map::of, LIMITS, trusted);
        return client.open(target, new InitializeParams("2025-11-25", "test", ClientFeatures.NONE), _ -> {});
    }

    private HttpsServer serve(String file, String names) throws Exception {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context(keys(file, names))));
        https.createContext("/mcp", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (body.contains("\"initialize\"")) {
                byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("content-type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            } else {
                exchange.sendResponseHeaders(202, -1);
            }
            exchange.close();
        });
        https.start();
        return https;
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private CaCertificates authority(String file) throws Exception {
        byte[] certificate = keys(file, "dns:unused").getCertificate("server").getEncoded();
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
        assertThat(CaCertificates.parse(pem)).isInstanceOf(CaCertificates.Parsed.Valid.class);
        return ((CaCertificates.Parsed.Valid) CaCertificates.parse(pem)).certificates();
    }

    /** A certificate that is its own authority, made once per file. */
    private KeyStore keys(String file, String names) throws Exception {
        Path path = folder.resolve(file);
        if (!Files.exists(path)) {
            List<String> command = new ArrayList<>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.addAll(List.of("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=test"));
            command.addAll(List.of("-ext", "san=" + names, "-ext", "bc:c=ca:true", "-storetype", "PKCS12"));
            command.addAll(List.of("-keystore", path.toString(), "-storepass", new String(PASSWORD)));
            Process keytool = new ProcessBuilder(command).inheritIO().start();
            assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(path)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }
}
