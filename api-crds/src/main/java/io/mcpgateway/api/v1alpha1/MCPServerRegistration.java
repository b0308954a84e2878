package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/**
 * Puts one MCP server behind the gateway that its HTTPRoute is attached to. The columns are printed in the order of
 * the annotations.
 */
@JsonClassDescription("Puts one MCP server behind the gateway that its HTTPRoute is attached to.")
@Group(McpApi.GROUP)
@Version(McpApi.VERSION)
@Kind("MCPServerRegistration")
@Plural("mcpserverregistrations")
@Singular("mcpserverregistration")
@ShortNames({"mcpsr", "mcpsrs", "mcpserver"})
@AdditionalPrinterColumn(name = "Prefix", jsonPath = ".spec.toolPrefix")
@AdditionalPrinterColumn(name = "Target", jsonPath = ".spec.targetRef.name")
@AdditionalPrinterColumn(name = "Path", jsonPath = ".spec.path")
@AdditionalPrinterColumn(name = "Ready", jsonPath = McpApi.READY_STATUS)
@AdditionalPrinterColumn(
        name = "Tools",
        jsonPath = ".status.discoveredTools",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Credentials", jsonPath = ".spec.credentialRef.name")
@AdditionalPrinterColumn(
        name = "Not Served",
        jsonPath = ".status.notServed",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(name = "Authorization", jsonPath = ".status.upstreamAuthorization", priority = 1)
@AdditionalPrinterColumn(name = "Protocols", jsonPath = ".status.protocolVersions", priority = 1)
@AdditionalPrinterColumn(name = "URL", jsonPath = ".status.url", priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = McpApi.AGE, type = AdditionalPrinterColumn.Type.DATE)
public final class MCPServerRegistration extends CustomResource<MCPServerRegistrationSpec, MCPServerRegistrationStatus>
        implements Namespaced {
    private static final long serialVersionUID = 1L;

    @Override
    protected @Nullable MCPServerRegistrationSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable MCPServerRegistrationStatus initStatus() {
        return null;
    }
}
