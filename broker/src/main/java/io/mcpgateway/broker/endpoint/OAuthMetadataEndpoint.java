package io.mcpgateway.broker.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.broker.mcp.RawJson;
import io.mcpgateway.broker.settings.OAuthSettings;
import java.io.IOException;
import java.util.List;

/** {@code /.well-known/oauth-protected-resource} (RFC 9728), with and without a resource path behind it. */
final class OAuthMetadataEndpoint {
    static final String PATH = "/.well-known/oauth-protected-resource";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpAnswer document;

    OAuthMetadataEndpoint(OAuthSettings settings) {
        this.document = shared(HttpAnswer.json(200, RawJson.of(print(settings) + "\n")));
    }

    void handle(HttpExchange exchange) throws IOException {
        switch (exchange.method()) {
            case "GET", "HEAD" -> exchange.answer(document);
            case "OPTIONS" -> exchange.answer(shared(HttpAnswer.empty(200)));
            default ->
                exchange.answer(shared(HttpAnswer.text(405, "method not allowed; use GET"))
                        .with("Allow", "GET, HEAD, OPTIONS"));
        }
    }

    /** Readable by scripts of any origin: the document is public. */
    private static HttpAnswer shared(HttpAnswer answer) {
        return answer.with("Access-Control-Allow-Origin", "*")
                .with("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS, HEAD")
                .with("Access-Control-Allow-Headers", "Content-Type, Authorization, Accept, Origin, X-Requested-With")
                .with("Access-Control-Max-Age", "3600")
                .with("Access-Control-Allow-Credentials", "true");
    }

    private static String print(OAuthSettings settings) {
        ObjectNode root = JSON.createObjectNode();
        root.put("resource_name", settings.resourceName());
        root.put("resource", settings.resource());
        put(root.putArray("authorization_servers"), settings.authorizationServers());
        put(root.putArray("bearer_methods_supported"), settings.bearerMethodsSupported());
        put(root.putArray("scopes_supported"), settings.scopesSupported());
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of strings could not be printed", impossible);
        }
    }

    private static void put(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }
}
