package io.mcpgateway.broker.authorization;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Objects;

/**
 * What the authorization layer in front of the gateway lets a request see and use.
 *
 * @param resources of resource templates, too
 */
public record Authorization(AuthorizedNames tools, AuthorizedNames prompts, AuthorizedNames resources) {
    /** It said nothing, and need not. */
    public static final Authorization EVERYTHING = new Authorization(
            new AuthorizedNames.Everything(), new AuthorizedNames.Everything(), new AuthorizedNames.Everything());

    public Authorization {
        Objects.requireNonNull(tools, "tools");
        Objects.requireNonNull(prompts, "prompts");
        Objects.requireNonNull(resources, "resources");
    }

    public AuthorizedNames of(CapabilityKind kind) {
        return switch (kind) {
            case TOOL -> tools;
            case PROMPT -> prompts;
            case RESOURCE, RESOURCE_TEMPLATE -> resources;
        };
    }

    /**
     * Whether something of a server may be seen and used.
     *
     * @param name what the server itself calls it
     */
    public boolean allows(CapabilityKind kind, ServerName server, String name) {
        return of(kind).allows(server, name);
    }
}
