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
 * Turns one listener of a Gateway into an MCP endpoint. The columns are printed in the order of the annotations.
 */
@JsonClassDescription("Turns one listener of a Gateway into an MCP endpoint: the controller runs a broker in "
        + "the namespace of this object and adds its router to the Gateway's Envoy.")
@Group(McpApi.GROUP)
@Version(McpApi.VERSION)
@Kind("MCPGatewayExtension")
@Plural("mcpgatewayextensions")
@Singular("mcpgatewayextension")
@ShortNames("mcpge")
@AdditionalPrinterColumn(name = "Ready", jsonPath = McpApi.READY_STATUS)
@AdditionalPrinterColumn(name = "Reason", jsonPath = McpApi.READY_REASON)
@AdditionalPrinterColumn(name = "Gateway", jsonPath = ".spec.targetRef.name")
@AdditionalPrinterColumn(name = "Host", jsonPath = ".status.publicHost", priority = 1)
@AdditionalPrinterColumn(name = "URL", jsonPath = ".status.url", priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = McpApi.AGE, type = AdditionalPrinterColumn.Type.DATE)
public final class MCPGatewayExtension extends CustomResource<MCPGatewayExtensionSpec, MCPGatewayExtensionStatus>
        implements Namespaced {
    private static final long serialVersionUID = 1L;

    @Override
    protected @Nullable MCPGatewayExtensionSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable MCPGatewayExtensionStatus initStatus() {
        return null;
    }
}
