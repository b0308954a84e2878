package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.mcpgateway.api.v1alpha1.EnabledState;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.gatewayapi.Listeners;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.ReferenceGrants;
import io.mcpgateway.controller.gatewayapi.RouteAttachment;
import io.mcpgateway.controller.gatewayapi.RouteTables;
import io.mcpgateway.controller.references.References;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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

        /** @param guarded extensions on whose port it is reachable all the same, but not through them */
        record Nothing(String reason, String message, List<Attachment> guarded) implements Reach {
            Nothing(String reason, String message) {
                this(reason, message, List.of());
            }
        }
    }

    /** One that others may have put beside it says little to the owner of a registration. */
    private static final Comparator<TargetExtension> WHO_MATTERS_MOST = Comparator.comparing(
                    TargetExtension::isEntitled, Comparator.reverseOrder())
            .thenComparing(TargetExtension::created)
            .thenComparing(TargetExtension::key);

    private RegistrationPlanner() {}

    public static RegistrationPlan plan(RegistrationFacts facts) {
        return switch (reach(facts)) {
            case Reach.Nothing(String reason, String message, List<Attachment> guarded) ->
                guarded.isEmpty()
                        ? new RegistrationPlan.Unattached(reason, message)
                        : new RegistrationPlan.Invalid(guarded, reason, message);
            case Reach.Some(HTTPRoute route, List<Attachment> attachments) ->
                switch (ServerEntries.of(route, attachments, facts)) {
                    case ServerEntries.Result.Refused(String reason, String message) ->
                        new RegistrationPlan.Invalid(attachments, reason, message);
                    case ServerEntries.Result.Built(List<Placement> placements, List<String> neighbours) ->
                        facts.registration().getSpec().state() == EnabledState.DISABLED
                                ? new RegistrationPlan.Disabled(attachments, placements)
                                : new RegistrationPlan.Registered(attachments, placements, neighbours);
                };
        };
    }

    /** Whether a registration that names a route counts as its user. */
    public static boolean mayUse(
            MCPServerRegistration registration, ObjectKey route, Collection<ReferenceGrant> grants) {
        return registration.getMetadata().getDeletionTimestamp() == null
                && ReferenceGrants.permit(
                        grants,
                        ReferenceGrants.Reference.registrationToRoute(
                                registration.getMetadata().getNamespace(), route));
    }

    private static Reach reach(RegistrationFacts facts) {
        MCPServerRegistration registration = facts.registration();
        if (registration.getSpec() == null
                || registration.getSpec().targetRef().name().isEmpty()) {
            return new Reach.Nothing(
                    Reason.ROUTE_NOT_FOUND, "failed to get targeted httproute: spec.targetRef is missing");
        }
        ObjectKey key = References.route(registration).orElseThrow();
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
        if (gateways.isEmpty() && !RouteAttachment.isAnswered(route)) {
            return new Reach.Nothing(
                    Reason.PENDING,
                    ("no valid gateways for httproute %s: no gateway has answered yet (the HTTPRoute has no status); if this "
                                    + "lasts, see its parentRefs, and whether the controller of its Gateway runs")
                            .formatted(ObjectKey.of(route)));
        }
        if (gateways.isEmpty()) {
            return new Reach.Nothing(
                    Reason.ROUTE_NOT_ATTACHED,
                    ("no valid gateways for httproute %s: no existing Gateway has accepted it; see the Accepted condition "
                                    + "in its status, its parentRefs and hostnames, and the listener's allowedRoutes")
                            .formatted(ObjectKey.of(route)));
        }
        List<ObjectKey> keys = gateways.stream().map(ObjectKey::of).toList();
        List<TargetExtension> candidates = facts.extensions().stream()
                .filter(extension -> keys.contains(extension.gateway()))
                .toList();
        if (candidates.stream().noneMatch(TargetExtension::isServing)) {
            return new Reach.Nothing(Reason.NO_EXTENSION, noExtension(keys, candidates));
        }
        List<Attachment> attachments = new ArrayList<>();
        for (Gateway gateway : gateways) {
            attachments.addAll(attachments(route, gateway, facts));
        }
        return attachments.stream().noneMatch(Attachment::reached)
                ? new Reach.Nothing(
                        Reason.ROUTE_NOT_ATTACHED, noListener(route, gateways, candidates, facts), attachments)
                : new Reach.Some(route, attachments);
    }

    private static List<Attachment> attachments(HTTPRoute route, Gateway gateway, RegistrationFacts facts) {
        List<Listener> listeners = RouteAttachment.listeners(route, gateway, facts.namespaceLabels());
        List<Attachment> attachments = new ArrayList<>();
        Reached reached = new Reached(route, gateway, listeners);
        for (TargetExtension extension : facts.extensions()) {
            if (extension.gateway().equals(ObjectKey.of(gateway))) {
                extension
                        .serving()
                        .flatMap(serving -> attachment(reached, extension.key(), serving))
                        .ifPresent(attachments::add);
            }
        }
        return attachments;
    }

    /** A route and the listeners of one Gateway that it is attached to. */
    private record Reached(HTTPRoute route, Gateway gateway, List<Listener> listeners) {
        /** Under which the route is found behind some of the listeners. */
        List<String> hosts(Predicate<Listener> which) {
            return listeners.stream()
                    .filter(which)
                    .flatMap(listener -> RegistrationPlanner.hosts(listener, route))
                    .distinct()
                    .toList();
        }

        /** Under which it is found in the table of an HTTPS listener: Istio leaves out those that another one fits better. */
        List<String> hostsBehindTls(Listener entry) {
            return RouteAttachment.hostnames(route).stream()
                    .filter(host -> RouteTables.tlsEntry(gateway, Listeners.port(entry), host)
                            .filter(best -> best.getName().equals(entry.getName()))
                            .isPresent())
                    .toList();
        }
    }

    private static Optional<Attachment> attachment(
            Reached reached, ObjectKey extension, TargetExtension.State.Serving serving) {
        Listener entry = serving.listener();
        if (reached.listeners().stream().noneMatch(attached -> Listeners.port(entry) == Listeners.port(attached))) {
            return Optional.empty();
        }
        boolean shared = reached.listeners().stream().anyMatch(attached -> RouteTables.shared(entry, attached));
        List<String> hosts = Listeners.isTls(entry)
                ? reached.hostsBehindTls(entry)
                : reached.hosts(attached -> RouteTables.shared(entry, attached));
        List<String> guarded = reached.hosts(attached -> Listeners.port(entry) == Listeners.port(attached));
        return Optional.of(
                new Attachment(extension, serving.publicHost(), shared, shared ? hosts : List.of(), guarded));
    }

    private static Stream<String> hosts(Listener listener, HTTPRoute route) {
        String hostname = Listeners.hostname(listener);
        return hostname.isEmpty() ? RouteAttachment.hostnames(route).stream() : Stream.of(hostname);
    }

    private static String noExtension(List<ObjectKey> gateways, List<TargetExtension> candidates) {
        String names = gateways.stream().map(ObjectKey::toString).collect(Collectors.joining(", "));
        if (candidates.isEmpty()) {
            return ("no valid mcpgatewayextensions configured: no MCPGatewayExtension targets Gateway %s; create one, or "
                            + "attach the HTTPRoute to a Gateway that has one")
                    .formatted(names);
        }
        List<TargetExtension> sorted =
                candidates.stream().sorted(WHO_MATTERS_MOST).toList();
        TargetExtension first = sorted.getFirst();
        String others = switch (sorted.size()) {
            case 1 -> "";
            case 2 -> "; nor is " + sorted.get(1).key();
            default -> "; nor are %d others, see kubectl get mcpgatewayextensions -A".formatted(sorted.size() - 1);
        };
        return "no valid mcpgatewayextensions configured for Gateway %s: MCPGatewayExtension %s is not valid (%s)%s"
                .formatted(names, first.key(), first.problem().orElse(""), others);
    }

    private static String noListener(
            HTTPRoute route, List<Gateway> gateways, List<TargetExtension> candidates, RegistrationFacts facts) {
        String attached = gateways.stream()
                .flatMap(gateway -> RouteAttachment.listeners(route, gateway, facts.namespaceLabels()).stream())
                .map(listener -> "%s (port %d)".formatted(listener.getName(), Listeners.port(listener)))
                .collect(Collectors.joining(", "));
        String wanted = candidates.stream()
                .flatMap(extension -> extension.serving().stream().map(serving -> entry(extension, serving.listener())))
                .collect(Collectors.joining(", "));
        boolean tls = candidates.stream()
                .flatMap(extension -> extension.listener().stream())
                .anyMatch(Listeners::isTls);
        return "no matching mcpgatewayextensions for attached listener: HTTPRoute %s is attached to %s, but MCPGatewayExtension %s; %s"
                .formatted(
                        ObjectKey.of(route),
                        attached.isEmpty() ? "no listener that matches its hostnames" : "listener " + attached,
                        wanted,
                        tls
                                ? "attach the route to that listener, because Istio gives each HTTPS listener a route table of its own"
                                : "attach the route to a listener on that port");
    }

    private static String entry(TargetExtension extension, Listener listener) {
        if (!Listeners.isTls(listener)) {
            return "%s uses port %d".formatted(extension.key(), Listeners.port(listener));
        }
        String hostname = Listeners.hostname(listener);
        return "%s uses HTTPS listener %s (port %d, %s)"
                .formatted(
                        extension.key(),
                        listener.getName(),
                        Listeners.port(listener),
                        hostname.isEmpty() ? "any host" : "host " + hostname);
    }
}
