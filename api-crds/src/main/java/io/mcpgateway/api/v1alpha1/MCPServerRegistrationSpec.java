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
import io.mcpgateway.api.contract.pinning.ToolDigest;
import io.mcpgateway.api.contract.pinning.ToolPinning;
import io.mcpgateway.api.v1alpha1.pinning.ToolPinningMode;
import io.mcpgateway.api.v1alpha1.reference.CaCertificateReference;
import io.mcpgateway.api.v1alpha1.reference.CredentialReference;
import io.mcpgateway.api.v1alpha1.reference.RouteTargetReference;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The desired state of a {@link MCPServerRegistration}. */
@JsonClassDescription("The server, and how its tools are named.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(oldSelf.toolPrefix) || (has(self.toolPrefix) && self.toolPrefix == oldSelf.toolPrefix)",
        message =
                "toolPrefix is immutable once set: it cannot be changed or removed, because clients know the tools by "
                        + "it; delete the registration and create it again",
        fieldPath = ".toolPrefix")
@ValidationRule(
        value = "!has(self.upstreamAuthorization) || !has(self.upstreamAuthorization.mode) "
                + "|| self.upstreamAuthorization.mode != 'Shared' || has(self.credentialRef)",
        message = "mode Shared needs credentialRef: it names the credential that all calls carry",
        fieldPath = ".upstreamAuthorization")
public record MCPServerRegistrationSpec(
        @Required @JsonPropertyDescription("The HTTPRoute to the MCP server.")
        RouteTargetReference targetRef,

        @JsonPropertyDescription(
                "Prefix for the names of this server's tools, so that several servers can have tools with the same "
                        + "name: with 'weather_', 'get' becomes 'weather_get'. It can be added later, but not changed "
                        + "or removed.")
        @Size(max = MAX_PREFIX)
        @Pattern(PREFIX)
        @ValidationRule(
                value = "self.matches('" + PREFIX + "')",
                message = "toolPrefix may only contain letters, digits, '_' and '-', no spaces, and must start with a "
                        + "letter or digit")
        @Nullable
        String toolPrefix,

        @JsonPropertyDescription("Path of the server's MCP endpoint.")
        @Default("/mcp")
        @Size(min = 1, max = 1024)
        @Pattern(PATH)
        @ValidationRule(
                value = "self.matches(\"" + PATH + "\")",
                message =
                        "path must start with '/', such as /mcp, and must not contain spaces or other characters that "
                                + "a URL has to escape")
        String path,

        @JsonPropertyDescription(
                "The credential that the broker uses to list the server's tools. It is only sent with clients' calls"
                        + " if upstreamAuthorization.mode is Shared.")
        @Nullable
        CredentialReference credentialRef,

        @JsonPropertyDescription("Which Authorization header is sent to the server with calls. Default: none.")
        @Nullable
        UpstreamAuthorizationSpec upstreamAuthorization,

        @JsonPropertyDescription(
                "Seconds that a call to this server may take, from the request to the end of the response. It"
                        + " overrides callTimeoutSeconds of the MCPGatewayExtension and the timeouts of the HTTPRoute.")
        @Min(CallTimeout.MIN_SECONDS)
        @Max(CallTimeout.MAX_SECONDS)
        @Nullable
        Integer callTimeoutSeconds,

        @JsonPropertyDescription(
                "Whether callers without an Authorization header share sessions at a server of MCP 2025-11-25 or earlier,"
                        + " if they speak 2026-07-28, which has no sessions. PerCall: each call has a session of its own,"
                        + " which ends with it. Shared: all of them use one session, so each sees what the others left in it"
                        + " on the server. A caller with a credential never shares a session.")
        @Default("PerCall")
        AnonymousSessionsMode anonymousSessions,

        @JsonPropertyDescription(
                "Whether the definitions of the server's tools are compared with approved ones. Off: no. Observe: new and"
                        + " changed definitions are named in the condition ToolsApproved, and served. Quarantine: they are neither"
                        + " listed nor callable until they are approved. The server's first list is approved without being asked for,"
                        + " unless approvedTools is set.")
        @Default("Off")
        ToolPinningMode toolPinning,

        @JsonPropertyDescription(
                "Digests of definitions that are approved, or of a whole list, as the condition ToolsApproved and the broker's"
                        + " /status show them. What was approved before stays approved.")
        @Size(max = ToolPinning.MOST_REMEMBERED)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<@Pattern(ToolDigest.PATTERN) @Size(max = ToolDigest.DIGITS) String> approvedTools,

        @JsonPropertyDescription(
                "Disabled: the registration is kept, but its tools are neither listed nor callable, and the "
                        + "server is not contacted.")
        @Default("Enabled")
        EnabledState state,

        @JsonPropertyDescription(
                "CA certificates that the broker trusts for this server in addition to public CAs when it lists the"
                        + " tools. The broker then connects with https. Calls go through the gateway, which needs its own"
                        + " DestinationRule.")
        @Nullable
        CaCertificateReference caCertSecretRef) {
    // Also part of a CEL expression, as is the next: no backslash, no double quote.
    private static final String PATH = "^/([A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$";
    private static final int MAX_PREFIX = 32;
    private static final String PREFIX = "^[A-Za-z0-9][A-Za-z0-9_-]*$";

    public MCPServerRegistrationSpec {
        targetRef = Objects.requireNonNullElse(targetRef, RouteTargetReference.NONE);
        path = Objects.requireNonNullElse(path, "/mcp");
        anonymousSessions = Objects.requireNonNullElse(anonymousSessions, AnonymousSessionsMode.PER_CALL);
        toolPinning = Objects.requireNonNullElse(toolPinning, ToolPinningMode.OFF);
        approvedTools = List.copyOf(Objects.requireNonNullElse(approvedTools, List.of()));
        state = Objects.requireNonNullElse(state, EnabledState.ENABLED);
    }

    /** Whose Authorization header calls carry. */
    public UpstreamAuthorizationMode authorizationMode() {
        return Objects.requireNonNullElse(upstreamAuthorization, UpstreamAuthorizationSpec.NONE)
                .mode();
    }

    /** The prefix, empty if there is none. */
    public String toolPrefixOrEmpty() {
        return Objects.requireNonNullElse(toolPrefix, "");
    }
}
