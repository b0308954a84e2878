package io.mcpgateway.e2e.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What an operator puts in front of the gateway: tokens of an issuer with an audience, and the challenge that names the
 * metadata of the URL that was called, as docs/urls.md shows it.
 *
 * @param gateway scheme, host and port of the gateway
 * @param keys the issuer's JWK Set
 */
record TokenCheck(String gateway, String issuer, String audience, String keys) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Changes the listener in the folder of Envoy's configuration, which a running Envoy then reads. */
    void addTo(Path envoyFolder) throws IOException {
        Path listeners = envoyFolder.resolve("lds.yaml");
        JsonNode root = YAML.readTree(listeners.toFile());
        ObjectNode connections = (ObjectNode) root.at("/resources/0/filter_chains/0/filters/0/typed_config");
        ((ArrayNode) connections.path("http_filters")).insert(0, YAML.readTree(filter()));
        ((ArrayNode) connections.at("/local_reply_config/mappers")).insert(0, YAML.readTree(mapper()));
        Path fresh = envoyFolder.resolve("lds.yaml.new");
        YAML.writeValue(fresh.toFile(), root);
        Files.move(fresh, listeners, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String filter() {
        return """
                name: envoy.filters.http.jwt_authn
                typed_config:
                  '@type': type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication
                  bypass_cors_preflight: true
                  providers:
                    login:
                      issuer: '%s'
                      audiences: ['%s']
                      forward: true
                      local_jwks: {inline_string: '%s'}
                  rules:
                  - match: {prefix: /.well-known/oauth-protected-resource}
                  - match: {prefix: /}
                    requires: {provider_name: login}
                """.formatted(issuer, audience, keys);
    }

    private String mapper() {
        return """
                filter:
                  and_filter:
                    filters:
                    - status_code_filter: {comparison: {op: EQ, value: {default_value: 401, runtime_key: mcp.challenge}}}
                    - header_filter: {header: {name: ':path', string_match: {prefix: /mcp}}}
                headers_to_add:
                - append_action: OVERWRITE_IF_EXISTS_OR_ADD
                  header:
                    key: www-authenticate
                    value: 'Bearer resource_metadata="%s/.well-known/oauth-protected-resource%%REQ(X-MCP-PATH?:PATH)%%"'
                """.formatted(gateway);
    }

    /** The audiences of an unsigned reading of a token. */
    static List<String> audiences(String token) throws IOException {
        JsonNode claims = YAML.readTree(java.util.Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        JsonNode aud = claims.path("aud");
        return aud.isTextual()
                ? List.of(aud.asText())
                : aud.valueStream().map(JsonNode::asText).toList();
    }
}
