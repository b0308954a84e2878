package io.mcpgateway.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Keycloak on the bed with the realm of config/keycloak, for tests that need tokens of a login server. It stays for
 * later tests; docs/authentication.md is the last of them and removes it.
 */
final class LoginServer {
    /** Its name for clients, with which the issuer of its tokens starts. */
    static final String PUBLIC_URL = "http://login.127-0-0-1.sslip.io:8180";

    static final String ISSUER = PUBLIC_URL + "/realms/mcp";

    /** The audience that tokens must have. */
    static final String AUDIENCE_MAPPER = """
            {"name":"audience","protocol":"openid-connect","protocolMapper":"oidc-audience-mapper",
             "config":{"included.custom.audience":"mcp-gateway","access.token.claim":"true"}}""";

    private static final String INSIDE = "http://keycloak.login.svc.cluster.local:8080";
    private static final Subject DEPLOYMENT = Subject.of("deployment", "login", "keycloak");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** What SubjectPublicKeyInfo says before the two coordinates of an uncompressed point on P-256. */
    private static final String SPKI_P256 = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Kubectl kubectl;

    private LoginServer(Kubectl kubectl) {
        this.kubectl = kubectl;
    }

    /** Starts it and waits until it issues tokens, which takes a minute or more on a busy machine. */
    static LoginServer start(Installation installation) {
        LoginServer server = new LoginServer(installation.kubectl());
        server.kubectl.run(
                "apply", "-k", installation.project().resolve("config/keycloak").toString());
        Command.Result up = server.rolledOut();
        (up.succeeded() ? up : server.rolledOut()).orFail();
        return server;
    }

    private Command.Result rolledOut() {
        return kubectl.attempt(
                "", "rollout", "status", "-n", "login", "deployment/" + DEPLOYMENT.name(), "--timeout=110s");
    }

    /** A user's token through the password grant; the password is the name. */
    String tokenOf(String user) throws IOException {
        return tokenOf("mcp-client", user);
    }

    String tokenOf(String client, String user) throws IOException {
        return token("mcp", Map.of("grant_type", "password", "client_id", client, "username", user, "password", user));
    }

    /** A program's token through the client credentials grant. */
    String tokenOfAgent() throws IOException {
        return token(
                "mcp",
                Map.of("grant_type", "client_credentials", "client_id", "mcp-agent", "client_secret", "mcp-agent"));
    }

    /** A token of the same server that another realm issued. */
    String tokenOfOtherRealm() throws IOException {
        return token(
                "master",
                Map.of("grant_type", "password", "client_id", "admin-cli", "username", "admin", "password", "admin"));
    }

    /** Adds a client for the password grant; {@code more} are additional members of its JSON. */
    void addClient(String id, String more) throws IOException {
        add("{\"clientId\":\"" + id + "\",\"publicClient\":true,\"directAccessGrantsEnabled\":true" + more + "}");
    }

    /** Adds a program that may exchange tokens issued for it; its secret is its name. */
    void addExchanger(String id) throws IOException {
        add("{\"clientId\":\"" + id + "\",\"secret\":\"" + id
                + "\",\"attributes\":{\"standard.token.exchange.enabled\":\"true\"}}");
    }

    private void add(String client) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(INSIDE + "/admin/realms/mcp/clients"))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + tokenOfOtherRealm())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(client))
                .build();
        sent(request, 201, 409); // It is there already if the class is run again.
    }

    /** The key that signs its tokens, in PEM. */
    String publicKey() throws IOException {
        JsonNode keys = JSON.readTree(sent(get(INSIDE + "/realms/mcp/protocol/openid-connect/certs"), 200));
        JsonNode key = StreamSupport.stream(keys.path("keys").spliterator(), false)
                .filter(candidate -> "ES256".equals(candidate.path("alg").asText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no key for ES256: " + keys));
        Base64.Decoder decoder = Base64.getUrlDecoder();
        HexFormat hex = HexFormat.of();
        String encoded = SPKI_P256
                + hex.formatHex(decoder.decode(key.path("x").asText()))
                + hex.formatHex(decoder.decode(key.path("y").asText()));
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(hex.parseHex(encoded))
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** A public document, by the URL that clients use. */
    JsonNode document(String url) throws IOException {
        return JSON.readTree(sent(get(url.replace(PUBLIC_URL, INSIDE)), 200));
    }

    private String token(String realm, Map<String, String> form) throws IOException {
        String body = new TreeMap<>(form)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(INSIDE + "/realms/" + realm + "/protocol/openid-connect/token"))
                .timeout(LIMIT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(sent(request, 200)).path("access_token").asText();
    }

    private static HttpRequest get(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
    }

    private String sent(HttpRequest request, Integer... wanted) throws IOException {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (!List.of(wanted).contains(response.statusCode())) {
                throw new IOException(request.uri() + " answered " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
