package io.mcpgateway.controller.doctor.checks;

import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionStatus;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.objects.Grants;
import io.mcpgateway.controller.doctor.objects.RefusedWrites;
import io.mcpgateway.controller.doctor.objects.Statuses;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.ReferenceGrants.Reference;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.translation.TranslatedExtension;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether each MCPGatewayExtension is accepted: what the controller would decide now, or what it has decided. */
final class ExtensionCheck implements Checkup.Check {
    ExtensionCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        List<MCPGatewayExtension> extensions = patient.extensions();
        if (!extensions.isEmpty()) {
            return extensions.stream()
                    .map(extension -> finding(patient, extension))
                    .toList();
        }
        if (!patient.cluster().seesAll(MCPGatewayExtension.class)
                || patient.cluster().installedBy(MCPGatewayExtension.class).isPresent()) {
            return List.of();
        }
        return List.of(Finding.broken(
                        Link.EXTENSION,
                        "ExtensionMissing",
                        "MCPGatewayExtension",
                        "there is none, so no Gateway serves MCP")
                .fixedBy("helm upgrade -i mcp-gateway charts/mcp-gateway -n mcp-system --reuse-values"
                        + " --set mcpGatewayExtension.create=true"));
    }

    private static Finding finding(Patient patient, MCPGatewayExtension extension) {
        String subject = "MCPGatewayExtension " + ObjectKey.of(extension);
        if (extension.getMetadata().getDeletionTimestamp() != null) {
            return Finding.warning(
                            Link.EXTENSION,
                            "ExtensionBeingDeleted",
                            subject,
                            "it is being deleted since %s; the controller has to finish that"
                                    .formatted(extension.getMetadata().getDeletionTimestamp()))
                    .fixedBy("kubectl logs -n mcp-system -l app=mcp-controller --tail=20");
        }
        Optional<TranslatedExtension> plan = patient.plan(extension);
        return plan.map(translated -> planned(extension, subject, translated))
                .orElseGet(() -> told(extension, subject));
    }

    private static Finding planned(MCPGatewayExtension extension, String subject, TranslatedExtension translated) {
        return switch (translated) {
            case TranslatedExtension.Rejected(ExtensionPlan.Rejected rejected) ->
                remedied(
                        Finding.broken(link(rejected), rejected.reason(), subject, rejected.message()),
                        extension,
                        rejected.message());
            case TranslatedExtension.Accepted accepted -> accepted(extension, subject, accepted);
        };
    }

    private static Finding accepted(
            MCPGatewayExtension extension, String subject, TranslatedExtension.Accepted accepted) {
        ObjectKey key = ObjectKey.of(extension);
        if (!accepted.takers().isEmpty()) {
            ObjectKey taker = accepted.takers().getFirst();
            return Finding.broken(
                            Link.BROKER_ROUTE,
                            Reason.HOSTNAME_TAKEN,
                            subject,
                            "HTTPRoute %s sends clients' requests for %s to another backend"
                                    .formatted(
                                            accepted.takers().stream()
                                                    .map(ObjectKey::toString)
                                                    .collect(Collectors.joining(", ")),
                                            accepted.plan().publicHost()))
                    .fixedBy("kubectl edit httproute %s -n %s   # remove the hostname, or the path /mcp"
                            .formatted(taker.name(), taker.namespace()));
        }
        if (!accepted.plan().warnings().isEmpty()) {
            return Finding.broken(
                            Link.EXTENSION,
                            accepted.plan().warnings().getFirst().reason(),
                            subject,
                            accepted.plan().warnings().getFirst().message())
                    .fixedBy(
                            "kubectl edit mcpgatewayextension %s -n %s   # correct spec.publicHost, or the listener's hostname"
                                    .formatted(key.name(), key.namespace()));
        }
        MCPGatewayExtensionStatus status =
                Objects.requireNonNullElse(extension.getStatus(), MCPGatewayExtensionStatus.EMPTY);
        if (!Objects.equals(status.observedGeneration(), extension.getMetadata().getGeneration())) {
            return Finding.broken(
                            Link.CONTROLLER,
                            "ControllerBehind",
                            subject,
                            "the controller has not looked at the newest version of it (generation %s, seen %s)"
                                    .formatted(extension.getMetadata().getGeneration(), status.observedGeneration()))
                    .fixedBy(ControllerCheck.showLease("mcp-system"))
                    .fixedBy("kubectl logs -n mcp-system -l app=mcp-controller --tail=20");
        }
        if (!status.unmatched().isEmpty()) {
            return Finding.warning(
                            Link.EXTENSION,
                            ReasonCode.NOT_LISTED.word(),
                            subject,
                            "no server lists " + String.join(", ", status.unmatched()))
                    .fixedBy("kubectl edit mcpgatewayextension %s -n %s   # spec.pinnedTools"
                            .formatted(key.name(), key.namespace()));
        }
        return Finding.ok(
                Link.EXTENSION,
                subject,
                "accepted: public host %s, listener %s (port %d) of Gateway %s"
                        .formatted(
                                accepted.plan().publicHost(),
                                accepted.plan().listener().getName(),
                                accepted.plan().port(),
                                accepted.plan().gateway()));
    }

    /** What the controller has written, where not all that it knows can be seen. */
    private static Finding told(MCPGatewayExtension extension, String subject) {
        MCPGatewayExtensionStatus status =
                Objects.requireNonNullElse(extension.getStatus(), MCPGatewayExtensionStatus.EMPTY);
        return RefusedWrites.of(extension)
                .or(() -> Statuses.refused(status.conditions(), "Ready")
                        .map(ready -> remedied(
                                Finding.broken(
                                        Reason.DEPLOYMENT_NOT_READY.equals(ready.getReason())
                                                ? Link.BROKER
                                                : Link.EXTENSION,
                                        ready.getReason(),
                                        subject,
                                        ready.getMessage()),
                                extension,
                                ready.getMessage())))
                .orElseGet(() -> Conditions.isTrue(status.conditions(), "Ready")
                        ? Finding.ok(Link.EXTENSION, subject, "its status says Ready")
                        : Finding.unknown(
                                        Link.EXTENSION, "NoStatus", subject, "the controller has written no status yet")
                                .fixedBy("kubectl logs -n mcp-system -l app=mcp-controller --tail=20"));
    }

    private static Link link(ExtensionPlan.Rejected rejected) {
        if (rejected.reason().equals(Reason.REFERENCE_GRANT_REQUIRED)) {
            return Link.GRANT;
        }
        return rejected.message().contains("gateway target") ? Link.GATEWAY : Link.EXTENSION;
    }

    private static Finding remedied(Finding finding, MCPGatewayExtension extension, String message) {
        ObjectKey key = ObjectKey.of(extension);
        ObjectKey gateway = References.gateway(extension).orElse(new ObjectKey(key.namespace(), ""));
        String edit = "kubectl edit mcpgatewayextension %s -n %s".formatted(key.name(), key.namespace());
        return switch (finding.reason()) {
            case Reason.REFERENCE_GRANT_REQUIRED ->
                finding.fixedBy(Grants.create(Reference.extensionToGateway(key.namespace(), gateway)));
            case Reason.SECRET_NOT_FOUND, Reason.SECRET_INVALID -> finding.fixedBy(secret(message, extension));
            case Reason.DEPLOYMENT_NOT_READY ->
                finding.fixedBy("kubectl describe pod -n %s -l app=mcp-gateway".formatted(key.namespace()));
            default -> {
                if (message.contains("already has MCPGatewayExtension")) {
                    yield finding.fixedBy(
                            "kubectl delete mcpgatewayextension %s -n %s".formatted(key.name(), key.namespace()));
                }
                if (message.contains("gateway target")) {
                    yield finding.fixedBy(
                            "kubectl get gateway -A   # then create Gateway %s, or correct spec.targetRef: %s"
                                    .formatted(gateway, edit));
                }
                if (message.contains("does not allow routes from namespace")) {
                    yield finding.fixedBy(
                            "kubectl label namespace %s mcp.kuadrant.io/routes=true   # or change the listener's allowedRoutes"
                                    .formatted(key.namespace()));
                }
                yield finding.fixedBy(edit);
            }
        };
    }

    /** The missing label's message has the command. */
    private static String secret(String message, MCPGatewayExtension extension) {
        int command = message.indexOf("kubectl label secret");
        String namespace = extension.getMetadata().getNamespace();
        return command >= 0
                ? message.substring(command)
                : "kubectl get secrets -n %s -l %s=true   # then create or correct the one that the message names"
                        .formatted(namespace, ObjectNames.LABEL_CREDENTIAL);
    }
}
