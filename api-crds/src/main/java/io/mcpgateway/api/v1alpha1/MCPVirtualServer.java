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
 * A named selection of tools, chosen by a client by its URL or with the header {@code X-Mcp-Virtualserver:
 * <namespace>/<name>}. The columns are printed in the order of the annotations.
 */
@JsonClassDescription(
        "A named selection of tools; a client chooses it by its URL, or with the header X-Mcp-Virtualserver: "
                + "<namespace>/<name>.")
@Group(McpApi.GROUP)
@Version(McpApi.VERSION)
@Kind("MCPVirtualServer")
@Plural("mcpvirtualservers")
@Singular("mcpvirtualserver")
@ShortNames("mcpvs")
@AdditionalPrinterColumn(name = "Ready", jsonPath = McpApi.READY_STATUS)
@AdditionalPrinterColumn(name = "Tools", jsonPath = ".status.toolCount", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "URL", jsonPath = ".status.url")
@AdditionalPrinterColumn(name = "Age", jsonPath = McpApi.AGE, type = AdditionalPrinterColumn.Type.DATE)
public final class MCPVirtualServer extends CustomResource<MCPVirtualServerSpec, MCPVirtualServerStatus>
        implements Namespaced {
    private static final long serialVersionUID = 1L;

    @Override
    protected @Nullable MCPVirtualServerSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable MCPVirtualServerStatus initStatus() {
        return null;
    }
}
