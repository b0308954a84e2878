package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the owner of a {@link MCPGatewayExtension} wants. */
@JsonClassDescription("What the gateway should be.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MCPGatewayExtensionSpec(
        @Required
        @JsonPropertyDescription(
                "The Gateway, and the listener of it, that serves /mcp. A Gateway in another namespace must "
                        + "allow this with a ReferenceGrant.")
        GatewayTargetReference targetRef,

        @JsonPropertyDescription(
                "Host under which clients reach the gateway, such as mcp.example.com; a port is allowed and "
                        + "ignored. Without it the listener's hostname is used, with a leading '*.' read as 'mcp.'.")
        @Size(max = 259)
        @Pattern(HOST_WITH_PORT)
        @ValidationRule(
                value = "self.matches('" + HOST_WITH_PORT + "')",
                message = "publicHost is a lower-case host name such as mcp.example.com, with a port if need be; it is "
                        + "not a URL: leave out http:// and the path")
        @Nullable
        String publicHost,

        @JsonPropertyDescription(
                "Address at which the gateway's own listener is reached from inside the cluster, host:port "
                        + "with an optional http:// or https:// before it. The broker opens backend sessions through it. Without it "
                        + "the Service that the gateway class makes for the Gateway is used. With https:// the certificate "
                        + "must be valid for the public host.")
        @Size(max = 267)
        @Pattern(ADDRESS)
        @ValidationRule(
                value = "self.matches('" + ADDRESS + "')",
                message = "privateHost is host:port, with http:// or https:// before it if need be, and no path")
        @Nullable
        String privateHost,

        @JsonPropertyDescription("Seconds between two health checks (pings) of each registered MCP server.")
        @Default("60")
        @Min(10)
        @Max(7200)
        Integer backendPingIntervalSeconds,

        @JsonPropertyDescription(
                "Key with which the headers of a trusted authorization layer are verified, such as the one "
                        + "that names the tools a caller may use. Without it those headers are not accepted.")
        @Nullable
        TrustedHeadersKey trustedHeadersKey,

        @JsonPropertyDescription("Enabled: the controller keeps the HTTPRoute mcp-gateway-route that leads /mcp to the "
                + "broker. Disabled: you bring your own route; one that the controller made before is removed.")
        @Default("Enabled")
        EnabledState httpRouteManagement,

        @JsonPropertyDescription("A store in which the broker's replicas share sessions. Without it each replica keeps "
                + "its own, and there should be only one.")
        @Nullable
        SessionStoreReference sessionStore,

        @JsonPropertyDescription("What /.well-known/oauth-protected-resource tells clients about where to get a token.")
        @Nullable
        OAuthProtectedResource oauthProtectedResource,

        @JsonPropertyDescription(
                "How much the broker logs. Without it the variable LOG_LEVEL of its Deployment is left as it is.")
        @Nullable
        LogLevel logLevel,

        @JsonPropertyDescription(
                "Certificates of authorities that the broker trusts, besides the usual ones: for every MCP server, and for "
                        + "the gateway's own listener if that is HTTPS.")
        @Nullable
        CaCertificateReference caCertBundleRef) {
    // Also part of a CEL expression, where a backslash would have to be escaped once more.
    private static final String HOST_WITH_PORT =
            "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*(:[0-9]{1,5})?$";
    private static final String ADDRESS = "^(https?://)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$";
    private static final int DEFAULT_PING_SECONDS = 60;

    public MCPGatewayExtensionSpec {
        targetRef = Objects.requireNonNullElse(targetRef, GatewayTargetReference.NONE);
        backendPingIntervalSeconds = Objects.requireNonNullElse(backendPingIntervalSeconds, DEFAULT_PING_SECONDS);
        httpRouteManagement = Objects.requireNonNullElse(httpRouteManagement, EnabledState.ENABLED);
    }
}
