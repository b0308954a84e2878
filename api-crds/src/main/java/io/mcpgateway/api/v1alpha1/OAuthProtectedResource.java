package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What /.well-known/oauth-protected-resource tells clients (RFC 9728). */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record OAuthProtectedResource(
        @Required
        @JsonPropertyDescription("Issuer URLs of the authorization servers whose tokens the gateway accepts.")
        @Size(min = 1, max = 10)
        List<@Pattern("^https?://[^,]+$") String> authorizationServers,

        @JsonPropertyDescription("Human-readable name of the gateway. Default: MCP Server.")
        @Size(min = 1, max = 253)
        @Nullable
        String resourceName,

        @JsonPropertyDescription(
                "The URL that clients use for the gateway; clients compare it with the one they called. "
                        + "Default: https://<public host>/mcp.")
        @Size(min = 1, max = 2048)
        @Nullable
        String resource,

        @JsonPropertyDescription("How tokens may be sent. Default: header.") @Size(max = 10) @Nullable
        List<@Pattern("^[^,]+$") String> bearerMethodsSupported,

        @JsonPropertyDescription("Scopes that clients may request. Default: basic.") @Size(max = 50) @Nullable
        List<@Pattern("^[^,]+$") String> scopesSupported) {
    public OAuthProtectedResource {
        authorizationServers = List.copyOf(Objects.requireNonNullElse(authorizationServers, List.of()));
        bearerMethodsSupported = bearerMethodsSupported == null ? null : List.copyOf(bearerMethodsSupported);
        scopesSupported = scopesSupported == null ? null : List.copyOf(scopesSupported);
    }
}
