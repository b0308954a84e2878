package io.mcpgateway.controller.doctor.objects;

import io.fabric8.kubernetes.api.model.Condition;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionStatus;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What an extension's status says of an object that the API server does not let the controller write. */
public final class RefusedWrites {
    private static final Set<String> REASONS = Set.of(Reason.WRITE_REFUSED, Reason.ENVOY_FILTER_NOT_APPLIED);

    private RefusedWrites() {}

    public static Optional<Finding> of(MCPGatewayExtension extension) {
        List<Condition> conditions = Objects.requireNonNullElse(extension.getStatus(), MCPGatewayExtensionStatus.EMPTY)
                .conditions();
        return Statuses.refused(conditions, "Ready")
                .filter(ready -> REASONS.contains(ready.getReason()))
                .map(ready -> finding(extension, ready));
    }

    private static Finding finding(MCPGatewayExtension extension, Condition ready) {
        ObjectKey key = ObjectKey.of(extension);
        Finding finding =
                Finding.broken(Link.CONTROLLER, ready.getReason(), "MCPGatewayExtension " + key, ready.getMessage());
        if (ready.getMessage().contains("field is immutable when `immutable` is set")) {
            return finding.fixedBy("kubectl delete secret %s -n %s   # the controller creates it anew"
                    .formatted(ObjectNames.CONFIG_SECRET, key.namespace()));
        }
        if (ready.getMessage().contains("is forbidden: User ")) {
            return finding.fixedBy(
                    "helm upgrade mcp-gateway charts/mcp-gateway -n mcp-system --reuse-values   # its roles have the rights;"
                            + " with kustomize: kubectl apply -k config/install");
        }
        return finding.fixedBy("kubectl get validatingadmissionpolicies,validatingwebhookconfigurations"
                + "   # exempt the controller, or the object that is named, from the policy that refuses it");
    }
}
