package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.mcpgateway.api.v1alpha1.EnabledState;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.gatewayapi.Listeners;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.ReferenceGrants;
import io.mcpgateway.controller.gatewayapi.RouteAttachment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides where a registration goes: its HTTPRoute, the Gateways that accepted the route, the extensions of those
 * Gateways, and those of them whose port the route reaches. A Gateway without an extension does not hinder the others.
 */
public final class RegistrationPlanner {
    /** The route and what it reaches, or why it reaches nothing. */
    private sealed interface Reach {
        record Some(HTTPRoute route, List<Attachment> attachments) implements Reach {}

        record Nothing(String reason, String message) implements Reach {}
    }

    private RegistrationPlanner() {}

    public static RegistrationPlan plan(RegistrationFacts facts) {
        return switch (reach(facts)) {
            case Reach.Nothing(String reason, String message) -> new RegistrationPlan.Unattached(reason, message);
            case Reach.Some(HTTPRoute route, List<Attachment> attachments) ->
                switch (ServerEntries.of(route, attachments, facts)) {
                    case ServerEntries.Result.Refused(String reason, String message) ->
                        new RegistrationPlan.Invalid(attachments, reason, message);
                    case ServerEntries.Result.Built(List<Placement> placements) ->
                        facts.registration().getSpec().state() == EnabledState.DISABLED
                                ? new RegistrationPlan.Disabled(attachments, placements)
                                : new RegistrationPlan.Registered(attachments, placements);
                };
        };
    }

    /** Where the registration's HTTPRoute is to be found. */
    public static ObjectKey routeKey(MCPServerRegistration registration) {
        var target = registration.getSpec().targetRef();
        return new ObjectKey(target.namespaceOr(registration.getMetadata().getNamespace()), target.name());
    }

    private static Reach reach(RegistrationFacts facts) {
        MCPServerRegistration registration = facts.registration();
        if (registration.getSpec() == null
                || registration.getSpec().targetRef().name().isEmpty()) {
            return new Reach.Nothing(
                    Reason.ROUTE_NOT_FOUND, "failed to get targeted httproute: spec.targetRef is missing");
        }
        ObjectKey key = routeKey(registration);
        String namespace = registration.getMetadata().getNamespace();
        if (!ReferenceGrants.permit(facts.grants(), ReferenceGrants.Reference.registrationToRoute(namespace, key))) {
            return new Reach.Nothing(
                    Reason.REFERENCE_GRANT_REQUIRED,
                    ("ReferenceGrant required in %s to allow MCPServerRegistration %s to target HTTPRoute %s; create one "
                                    + "from MCPServerRegistration in namespace %s to HTTPRoute")
                            .formatted(key.namespace(), ObjectKey.of(registration), key, namespace));
        }
        if (facts.route().isEmpty()) {
            return new Reach.Nothing(
                    Reason.ROUTE_NOT_FOUND,
                    "failed to get targeted httproute %s: not found; create it, or correct spec.targetRef"
                            .formatted(key));
        }
        return reach(facts.route().get(), facts);
    }

    private static Reach reach(HTTPRoute route, RegistrationFacts facts) {
        List<Gateway> gateways = RouteAttachment.gateways(route).stream()
                .map(facts::gateway)
                .flatMap(Optional::stream)
                .toList();
        if (gateways.isEmpty()) {
            return new Reach.Nothing(
                    Reason.ROUTE_NOT_ATTACHED,
                    ("no valid gateways for httproute %s: no existing Gateway has accepted it; see the Accepted condition "
                                    + "in its status, its parentRefs and hostnames, and the listener's allowedRoutes")
                            .formatted(ObjectKey.of(route)));
        }
        List<ObjectKey> keys = gateways.stream().map(ObjectKey::of).toList();
        List<CandidateExtension> candidates = facts.extensions().stream()
                .filter(extension -> keys.contains(extension.gateway()))
                .toList();
        if (candidates.stream().noneMatch(CandidateExtension::isValid)) {
            return new Reach.Nothing(Reason.NO_EXTENSION, noExtension(keys, candidates));
        }
        List<Attachment> attachments = new ArrayList<>();
        for (Gateway gateway : gateways) {
            attachments.addAll(attachments(route, gateway, facts));
        }
        return attachments.isEmpty()
                ? new Reach.Nothing(Reason.ROUTE_NOT_ATTACHED, noListener(route, gateways, candidates, facts))
                : new Reach.Some(route, attachments);
    }

    private static List<Attachment> attachments(HTTPRoute route, Gateway gateway, RegistrationFacts facts) {
        List<Listener> listeners = RouteAttachment.listeners(route, gateway, facts.namespaceLabels());
        List<Attachment> attachments = new ArrayList<>();
        for (CandidateExtension extension : facts.extensions()) {
            if (!extension.isValid() || !extension.gateway().equals(ObjectKey.of(gateway))) {
                continue;
            }
            List<Listener> onPort = listeners.stream()
                    .filter(listener -> Listeners.port(listener) == extension.port())
                    .toList();
            if (!onPort.isEmpty()) {
                List<String> hosts = onPort.stream()
                        .flatMap(listener -> hosts(listener, route))
                        .distinct()
                        .toList();
                attachments.add(new Attachment(extension.key(), extension.publicHost(), hosts));
            }
        }
        return attachments;
    }

    private static Stream<String> hosts(Listener listener, HTTPRoute route) {
        String hostname = Listeners.hostname(listener);
        return hostname.isEmpty() ? RouteAttachment.hostnames(route).stream() : Stream.of(hostname);
    }

    private static String noExtension(List<ObjectKey> gateways, List<CandidateExtension> candidates) {
        String names = gateways.stream().map(ObjectKey::toString).collect(Collectors.joining(", "));
        if (candidates.isEmpty()) {
            return ("no valid mcpgatewayextensions configured: no MCPGatewayExtension targets Gateway %s; create one, or "
                            + "attach the HTTPRoute to a Gateway that has one")
                    .formatted(names);
        }
        return candidates.stream()
                .map(extension ->
                        "MCPGatewayExtension %s is not valid (%s)".formatted(extension.key(), extension.problem()))
                .collect(Collectors.joining(
                        "; ", "no valid mcpgatewayextensions configured for Gateway " + names + ": ", ""));
    }

    private static String noListener(
            HTTPRoute route, List<Gateway> gateways, List<CandidateExtension> candidates, RegistrationFacts facts) {
        String attached = gateways.stream()
                .flatMap(gateway -> RouteAttachment.listeners(route, gateway, facts.namespaceLabels()).stream())
                .map(listener -> "%s (port %d)".formatted(listener.getName(), Listeners.port(listener)))
                .collect(Collectors.joining(", "));
        String wanted = candidates.stream()
                .filter(CandidateExtension::isValid)
                .map(extension -> "%s uses port %d".formatted(extension.key(), extension.port()))
                .collect(Collectors.joining(", "));
        return ("no matching mcpgatewayextensions for attached listener: HTTPRoute %s is attached to %s, but "
                        + "MCPGatewayExtension %s; attach the route to a listener on that port")
                .formatted(
                        ObjectKey.of(route),
                        attached.isEmpty() ? "no listener that its hostnames fit" : "listener " + attached,
                        wanted);
    }
}
