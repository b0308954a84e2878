package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.Condition;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.api.v1alpha1.MCPVirtualServerStatus;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.objects.Statuses;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.translation.Essentials;
import io.mcpgateway.controller.virtualserver.VirtualServerPlan;
import io.mcpgateway.controller.virtualserver.VirtualServerReadiness;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether the tools of each virtual server exist. */
final class VirtualServerCheck implements Checkup.Check {
    VirtualServerCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        return patient.virtualServers().stream()
                .filter(virtualServer -> virtualServer.getMetadata().getDeletionTimestamp() == null)
                .map(virtualServer -> finding(patient, virtualServer))
                .toList();
    }

    private static Finding finding(Patient patient, MCPVirtualServer virtualServer) {
        ObjectKey key = ObjectKey.of(virtualServer);
        String subject = "MCPVirtualServer " + key;
        String edit = "kubectl edit mcpvirtualserver %s -n %s   # names are case-sensitive and include the prefix"
                .formatted(key.name(), key.namespace());
        List<Condition> conditions = conditions(patient, virtualServer);
        Optional<Condition> refused = Statuses.refused(conditions, ConditionType.READY);
        if (refused.isPresent()) {
            return Finding.broken(
                            Link.VIRTUAL_SERVER,
                            refused.get().getReason(),
                            subject,
                            refused.get().getMessage())
                    .fixedBy(
                            refused.get().getMessage().contains("mcpgatewayextension")
                                    ? "kubectl get mcpgatewayextension -A"
                                    : edit);
        }
        return Statuses.refused(conditions, ConditionType.TOOLS_RESOLVED)
                .map(unresolved -> Finding.warning(
                                Link.VIRTUAL_SERVER, unresolved.getReason(), subject, unresolved.getMessage())
                        .fixedBy(edit))
                .orElseGet(() -> conditions.isEmpty()
                        ? Finding.unknown(
                                Link.VIRTUAL_SERVER, "NoStatus", subject, "the controller has written no status yet")
                        : Finding.ok(Link.VIRTUAL_SERVER, subject, "all of its tools are served"));
    }

    private static List<Condition> conditions(Patient patient, MCPVirtualServer virtualServer) {
        List<MCPGatewayExtension> extensions = patient.cluster().all(MCPGatewayExtension.class);
        boolean heard = extensions.stream()
                .allMatch(extension -> patient.plan(extension).isPresent() && patient.hearsBrokers(extension));
        if (!heard) {
            return Objects.requireNonNullElse(virtualServer.getStatus(), MCPVirtualServerStatus.EMPTY)
                    .conditions();
        }
        VirtualServerPlan plan = patient.translation().virtualServer(virtualServer);
        return VirtualServerReadiness.of(
                        Essentials.of(virtualServer),
                        plan,
                        patient.translation().url(ObjectKey.of(virtualServer)),
                        patient.fleets(),
                        patient.facts().now())
                .conditions();
    }
}
