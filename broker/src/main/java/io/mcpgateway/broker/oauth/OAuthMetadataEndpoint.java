package io.mcpgateway.broker.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.url.GatewayUrl;
import io.mcpgateway.broker.url.PublicUrls.Asked;
import io.mcpgateway.broker.url.UrlTable;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code /.well-known/oauth-protected-resource} (RFC 9728), with and without a resource path behind it: each URL of MCP is
 * a resource of its own. Without an authorization server it is 404: clients that find the document look for one, and give up if there is none.
 */
public final class OAuthMetadataEndpoint {
    public static final String PATH = BrokerLaunch.PROTECTED_RESOURCE_PATH;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OAuthSettings settings;
    private final Supplier<UrlTable> urls;

    /**
     * The endpoint of a gateway.
     *
     * @param urls every URL of MCP, now
     */
    public OAuthMetadataEndpoint(OAuthSettings settings, Supplier<UrlTable> urls) {
        this.settings = settings;
        this.urls = urls;
    }

    public void handle(HttpExchange exchange) throws IOException {
        switch (exchange.method()) {
            case "GET", "HEAD" -> exchange.answer(shared(document(exchange)));
            case "OPTIONS" -> exchange.answer(shared(HttpAnswer.empty(204)));
            default ->
                exchange.answer(shared(HttpAnswer.text(405, "method not allowed; use GET"))
                        .with("Allow", "GET, HEAD, OPTIONS"));
        }
    }

    private HttpAnswer document(HttpExchange exchange) {
        if (settings.authorizationServers().isEmpty()) {
            return HttpAnswer.text(
                    404,
                    "this gateway has no authorization server configured; set "
                            + BrokerLaunch.ENV_OAUTH_AUTHORIZATION_SERVERS);
        }
        UrlTable now = urls.get();
        Asked asked = exchange.asked();
        String behind = exchange.path().substring(PATH.length());
        String path = UrlTable.isMcpPath(behind) ? behind : BrokerLaunch.MCP_PATH;
        // Clients compare the resource with the URL that they use.
        return now.find(asked.authority(), path) instanceof GatewayUrl.Unknown(String problem)
                ? HttpAnswer.text(404, problem)
                : HttpAnswer.json(200, RawJson.of(print(settings.urls().of(asked, now, path)) + "\n"));
    }

    /** Readable by scripts of any origin: the document is public and needs no cookie. */
    private static HttpAnswer shared(HttpAnswer answer) {
        return answer.with("Access-Control-Allow-Origin", "*")
                .with("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
                .with(
                        "Access-Control-Allow-Headers",
                        "Content-Type, Authorization, Accept, Mcp-Protocol-Version, X-Requested-With")
                .with("Access-Control-Max-Age", "3600");
    }

    private String print(String resource) {
        ObjectNode root = JSON.createObjectNode();
        root.put("resource_name", settings.resourceName());
        root.put("resource", resource);
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
