package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the owner of a {@link MCPServerRegistration} wants. */
@JsonClassDescription("Which server, and how its tools are named.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(oldSelf.toolPrefix) || (has(self.toolPrefix) && self.toolPrefix == oldSelf.toolPrefix)",
        message =
                "toolPrefix is immutable once set: it cannot be changed or removed, because clients know the tools by "
                        + "it; delete the registration and create it anew",
        fieldPath = ".toolPrefix")
@ValidationRule(
        value = "!has(self.upstreamAuthorization) || !has(self.upstreamAuthorization.mode) "
                + "|| self.upstreamAuthorization.mode != 'Shared' || has(self.credentialRef)",
        message = "mode Shared needs credentialRef: it names the credential that all calls carry",
        fieldPath = ".upstreamAuthorization")
public record MCPServerRegistrationSpec(
        @Required @JsonPropertyDescription("The HTTPRoute that leads to the MCP server.")
        RouteTargetReference targetRef,

        @JsonPropertyDescription(
                "Put before the name of every tool of this server, so that servers with equal tool names can "
                        + "live side by side: 'weather_' makes 'get' the tool 'weather_get'. It can be added later, but not changed "
                        + "or removed.")
        @Size(max = MAX_PREFIX)
        @Pattern(PREFIX)
        @ValidationRule(
                value = "self.matches('" + PREFIX + "')",
                message =
                        "toolPrefix holds letters, digits, '_' and '-' only, no spaces, and starts with a letter or digit")
        @Nullable
        String toolPrefix,

        @JsonPropertyDescription("Path of the server's MCP endpoint.")
        @Default("/mcp")
        @Size(min = 1, max = 1024)
        @Pattern(PATH)
        @ValidationRule(
                value = "self.matches(\"" + PATH + "\")",
                message =
                        "path starts with '/', such as /mcp, and holds no spaces and nothing else that a URL has to escape")
        String path,

        @JsonPropertyDescription(
                "The credential with which the broker lists the server's tools. Calls of clients do not carry it, unless "
                        + "upstreamAuthorization.mode is Shared.")
        @Nullable
        CredentialReference credentialRef,

        @JsonPropertyDescription("Whose Authorization header calls to the server carry. Default: nobody's.") @Nullable
        UpstreamAuthorizationSpec upstreamAuthorization,

        @JsonPropertyDescription(
                "Disabled: the registration is kept, but its tools are neither listed nor callable, and the "
                        + "server is not contacted.")
        @Default("Enabled")
        EnabledState state,

        @JsonPropertyDescription(
                "Certificates of the authorities that the broker trusts for this server, besides the usual ones, when it "
                        + "lists the tools; the server is then reached by https. Calls go through the gateway, which needs "
                        + "a DestinationRule of its own.")
        @Nullable
        CaCertificateReference caCertSecretRef) {
    // Also part of a CEL expression, as is the next: no backslash, no double quote.
    private static final String PATH = "^/([A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$";
    private static final int MAX_PREFIX = 32;
    private static final String PREFIX = "^[A-Za-z0-9][A-Za-z0-9_-]*$";

    public MCPServerRegistrationSpec {
        targetRef = Objects.requireNonNullElse(targetRef, RouteTargetReference.NONE);
        path = Objects.requireNonNullElse(path, "/mcp");
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
