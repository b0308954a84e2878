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
import io.mcpgateway.api.contract.CallTimeout;
import io.mcpgateway.api.v1alpha1.reference.CaCertificateReference;
import io.mcpgateway.api.v1alpha1.reference.GatewayTargetReference;
import io.mcpgateway.api.v1alpha1.reference.SessionStoreReference;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The desired state of a {@link MCPGatewayExtension}. */
@JsonClassDescription("The desired state of the gateway.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MCPGatewayExtensionSpec(
        @Required
        @JsonPropertyDescription(
                "The Gateway and its listener that serve /mcp. If the Gateway is in another namespace, that namespace "
                        + "must allow the reference with a ReferenceGrant.")
        GatewayTargetReference targetRef,

        @JsonPropertyDescription(
                "Host name that clients use, such as mcp.example.com; a port is allowed and "
                        + "only used for the URLs in statuses. Default: the listener's hostname, with 'mcp.' instead of a leading '*.'.")
        @Size(max = 259)
        @Pattern(HOST_WITH_PORT)
        @ValidationRule(
                value = "self.matches('" + HOST_WITH_PORT + "')",
                message =
                        "publicHost must be a lower-case host name such as mcp.example.com, optionally with a port; it "
                                + "is not a URL: leave out http:// and the path")
        @Nullable
        String publicHost,

        @JsonPropertyDescription("Address of the gateway's own listener inside the cluster, as host:port with an"
                + " optional http:// or https:// prefix. The broker opens sessions at servers through it. Default: the"
                + " Service that the gateway class creates for the Gateway. With https://, the certificate must be valid"
                + " for the public host.")
        @Size(max = 267)
        @Pattern(ADDRESS)
        @ValidationRule(
                value = "self.matches('" + ADDRESS + "')",
                message = "privateHost must be host:port without a path, optionally with http:// or https:// before it")
        @Nullable
        String privateHost,

        @JsonPropertyDescription("Seconds between health checks (pings) of each registered MCP server.")
        @Default("60")
        @Min(10)
        @Max(7200)
        Integer backendPingIntervalSeconds,

        @JsonPropertyDescription("Key to verify the headers of a trusted authorization layer, such as the one "
                + "that lists the tools a caller may use. Without it, these headers are not accepted.")
        @Nullable
        TrustedHeadersKey trustedHeadersKey,

        @JsonPropertyDescription("Enabled: the controller manages the HTTPRoute mcp-gateway-route from /mcp to the "
                + "broker. Disabled: you create your own route; the one that the controller created is removed.")
        @Default("Enabled")
        EnabledState httpRouteManagement,

        @JsonPropertyDescription(
                "Enabled: the response to initialize contains the instructions of the MCP servers that the client can"
                        + " see, each below its name. Disabled: it contains none.")
        @Default("Enabled")
        EnabledState serverInstructions,

        @JsonPropertyDescription(
                "Enabled: anybody can read the URLs of this gateway, its virtual servers and its servers at"
                        + " /v0.1/servers of the public host, in the form of an MCP registry. Clients whose"
                        + " organization sets such a list, for example GitHub Copilot's, ask there what they may use.")
        @Default("Disabled")
        EnabledState registryAPI,

        @JsonPropertyDescription(
                "Seconds that a call may take, from the request to the end of the response, unless the server's"
                        + " registration sets its own callTimeoutSeconds. Without it, only the timeouts of the server's"
                        + " HTTPRoute apply.")
        @Min(CallTimeout.MIN_SECONDS)
        @Max(CallTimeout.MAX_SECONDS)
        @Nullable
        Integer callTimeoutSeconds,

        @JsonPropertyDescription("The MCP revisions that clients may use. If missing or empty, every revision that the"
                + " gateway speaks. Sessions that started before a change go on until they end. Servers may speak any"
                + " revision: the gateway translates.")
        @Size(max = 16)
        List<String> protocolVersions,

        @JsonPropertyDescription(
                "A store in which the broker's replicas share sessions. Without it, each replica keeps "
                        + "its own sessions, so run only one.")
        @Nullable
        SessionStoreReference sessionStore,

        @JsonPropertyDescription(
                "The document at /.well-known/oauth-protected-resource, which tells clients where to get a token.")
        @Nullable
        OAuthProtectedResource oauthProtectedResource,

        @JsonPropertyDescription(
                "Log level of the broker. If not set, the controller does not change LOG_LEVEL in its Deployment.")
        @Nullable
        LogLevel logLevel,

        @JsonPropertyDescription("Where the broker sends OpenTelemetry traces of calls. Without it, there are none,"
                + " unless the variable OTEL_EXPORTER_OTLP_ENDPOINT is set in the broker's Deployment.")
        @Nullable
        TracingSpec tracing,

        @JsonPropertyDescription(
                "CA certificates that the broker trusts in addition to public CAs: for all MCP servers, and for "
                        + "the gateway's own listener if it uses HTTPS.")
        @Nullable
        CaCertificateReference caCertBundleRef,

        @JsonPropertyDescription("\"On\" (with quotes): tools/list has only find_tools, which finds tools by words, and"
                + " the pinned tools. What it finds can be called as if it were listed. Virtual servers can say"
                + " otherwise. Default: \"Off\".")
        @Nullable
        ToolSearchMode toolSearch,

        @JsonPropertyDescription("Names of tools that are listed although toolSearch is On, for clients that choose no"
                + " virtual server.")
        @Size(max = 256)
        List<@Size(min = 1, max = 256) String> pinnedTools) {
    // Also part of a CEL expression, where a backslash would have to be escaped once more.
    private static final String HOST_WITH_PORT =
            "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*(:[0-9]{1,5})?$";
    private static final String ADDRESS = "^(https?://)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$";
    private static final int DEFAULT_PING_SECONDS = 60;

    public MCPGatewayExtensionSpec {
        targetRef = Objects.requireNonNullElse(targetRef, GatewayTargetReference.NONE);
        backendPingIntervalSeconds = Objects.requireNonNullElse(backendPingIntervalSeconds, DEFAULT_PING_SECONDS);
        pinnedTools = List.copyOf(Objects.requireNonNullElse(pinnedTools, List.of()));
        serverInstructions = Objects.requireNonNullElse(serverInstructions, EnabledState.ENABLED);
        registryAPI = Objects.requireNonNullElse(registryAPI, EnabledState.DISABLED);
        httpRouteManagement = Objects.requireNonNullElse(httpRouteManagement, EnabledState.ENABLED);
        protocolVersions = List.copyOf(Objects.requireNonNullElse(protocolVersions, List.of()));
    }
}
