package io.mcpgateway.e2e.login;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.fixture.TestFolders;
import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.FreePort;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Keycloak on the loopback address, with the realm of config/keycloak. It keeps everything in memory. */
final class Keycloak implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ChildProcess process;
    private final String root;

    private Keycloak(ChildProcess process, String root) {
        this.process = process;
        this.root = root;
    }

    /** Starts it and waits until it knows the realm. */
    static Keycloak start() throws IOException {
        int port = FreePort.next();
        String home = Foreign.require(ForeignTool.KEYCLOAK).toString();
        ChildProcess process = ChildProcess.start(
                "keycloak",
                List.of(
                        home + "/bin/kc.sh",
                        "start",
                        "--optimized",
                        "--http-enabled=true",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--hostname-strict=false"),
                Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "JAVA_OPTS",
                        "-Xms64m -Xmx384m -XX:MetaspaceSize=96M -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        "admin",
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        "admin"),
                TestFolders.create("keycloak").resolve("keycloak.log"));
        Keycloak keycloak = new Keycloak(process, "http://127.0.0.1:" + port);
        try {
            await("Keycloak, " + process.log())
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(200))
                    .until(keycloak::answersOrHasEnded);
            keycloak.importRealm();
            return keycloak;
        } catch (IOException | RuntimeException e) {
            keycloak.close();
            throw e;
        }
    }

    String issuer() {
        return root + "/realms/mcp";
    }

    /** The public keys of its tokens, as a JWK Set. */
    String keys() throws IOException {
        return sent(get(issuer() + "/protocol/openid-connect/certs"), 200);
    }

    @Override
    public void close() {
        http.shutdownNow();
        process.close();
    }

    private boolean answersOrHasEnded() throws IOException {
        if (!process.alive()) {
            throw new IOException("Keycloak ended at start: " + process.lastLines(3));
        }
        try {
            sent(get(root + "/realms/master"), 200);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void importRealm() throws IOException {
        HttpRequest login = HttpRequest.newBuilder(URI.create(root + "/realms/master/protocol/openid-connect/token"))
                .timeout(LIMIT)
                .header("Content-Type", FORM)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=password&client_id=admin-cli&username=admin&password=admin"))
                .build();
        JsonNode token = JSON.readTree(sent(login, 200)).path("access_token");
        String realm = Files.readString(ProjectFolder.locate().resolve("config/keycloak/mcp.json"));
        sent(
                HttpRequest.newBuilder(URI.create(root + "/admin/realms"))
                        .timeout(LIMIT)
                        .header("Authorization", "Bearer " + token.asText())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(realm))
                        .build(),
                201);
    }

    private static HttpRequest get(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
    }

    private String sent(HttpRequest request, int wanted) throws IOException {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != wanted) {
                throw new IOException(request.uri() + " answered " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
