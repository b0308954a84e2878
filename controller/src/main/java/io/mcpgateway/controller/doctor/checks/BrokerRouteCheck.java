package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.EnabledState;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.objects.Statuses;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.gatewayapi.Hostnames;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteAttachment;
import io.mcpgateway.controller.gatewayapi.RouteReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The route that brings clients to the broker: the controller's, or the user's own. */
final class BrokerRouteCheck implements Checkup.Check {
    BrokerRouteCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        for (MCPGatewayExtension extension : patient.extensions()) {
            patient.accepted(extension)
                    .filter(_ -> patient.cluster()
                            .sees(HTTPRoute.class, extension.getMetadata().getNamespace()))
                    .ifPresent(plan -> findings.add(finding(patient, extension, plan)));
        }
        return List.copyOf(findings);
    }

    private static Finding finding(Patient patient, MCPGatewayExtension extension, ExtensionPlan.Proceed plan) {
        ObjectKey key = new ObjectKey(extension.getMetadata().getNamespace(), ObjectNames.ROUTE);
        boolean managed = extension.getSpec().httpRouteManagement() == EnabledState.ENABLED;
        Optional<HTTPRoute> route =
                managed ? patient.cluster().find(HTTPRoute.class, key) : own(patient, extension, plan);
        if (route.isPresent()) {
            return attached(route.get(), plan);
        }
        return managed
                ? Finding.broken(
                                Link.BROKER_ROUTE,
                                "BrokerRouteMissing",
                                "HTTPRoute " + key,
                                "the route from /mcp to the broker does not exist; the controller has to create it")
                        .fixedBy("kubectl logs -n mcp-system -l app=mcp-controller --tail=20")
                : Finding.broken(
                                Link.BROKER_ROUTE,
                                "BrokerRouteMissing",
                                "MCPGatewayExtension " + ObjectKey.of(extension),
                                ("httpRouteManagement is Disabled, and no HTTPRoute of yours leads %s to Service %s/%s,"
                                                + " so clients get 404")
                                        .formatted(plan.publicHost(), key.namespace(), ObjectNames.BROKER))
                        .fixedBy(
                                "kubectl patch mcpgatewayextension %s -n %s --type=merge -p '{\"spec\":{\"httpRouteManagement\":\"Enabled\"}}'"
                                        .formatted(extension.getMetadata().getName(), key.namespace()));
    }

    private static Optional<HTTPRoute> own(Patient patient, MCPGatewayExtension extension, ExtensionPlan.Proceed plan) {
        ObjectKey broker = new ObjectKey(extension.getMetadata().getNamespace(), ObjectNames.BROKER);
        return patient.cluster().all(HTTPRoute.class).stream()
                .filter(route -> RouteReferences.services(route).contains(broker))
                .filter(route -> RouteAttachment.hostnames(route).isEmpty()
                        || RouteAttachment.hostnames(route).stream()
                                .anyMatch(host -> Hostnames.intersect(host, plan.publicHost())))
                .findFirst();
    }

    private static Finding attached(HTTPRoute route, ExtensionPlan.Proceed plan) {
        ObjectKey key = ObjectKey.of(route);
        String subject = "HTTPRoute " + key;
        List<Condition> conditions = Statuses.ofParent(route, plan.gateway());
        Optional<Condition> refused =
                Statuses.refused(conditions, "Accepted").or(() -> Statuses.refused(conditions, "ResolvedRefs"));
        if (refused.isPresent()) {
            return Finding.broken(
                            Link.BROKER_ROUTE,
                            "BrokerRoute" + refused.get().getReason(),
                            subject,
                            "Gateway %s does not serve the route from /mcp to the broker: %s"
                                    .formatted(plan.gateway(), refused.get().getMessage()))
                    .because(Statuses.told(refused.get()))
                    .fixedBy("kubectl describe httproute %s -n %s".formatted(key.name(), key.namespace()));
        }
        if (!Statuses.isTrue(conditions, "Accepted")) {
            return Finding.broken(
                            Link.BROKER_ROUTE,
                            "BrokerRouteNotAnswered",
                            subject,
                            "Gateway %s has not answered it: nothing is in its status about that parent"
                                    .formatted(plan.gateway()))
                    .fixedBy("kubectl describe httproute %s -n %s; kubectl get pods -A -l app=istiod"
                            .formatted(key.name(), key.namespace()));
        }
        return Finding.ok(Link.BROKER_ROUTE, subject, "attached to Gateway " + plan.gateway());
    }
}
