package io.mcpgateway.controller.extension;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.mcpgateway.api.contract.CaCertificates;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionSpec;
import io.mcpgateway.controller.conditions.EventNote;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.gatewayapi.Hostnames;
import io.mcpgateway.controller.gatewayapi.Listeners;
import io.mcpgateway.controller.gatewayapi.NamespacePolicy;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.ReferenceGrants;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.secrets.CaSecrets;
import io.mcpgateway.controller.secrets.SecretContent;
import io.mcpgateway.controller.secrets.SecretProblem;
import io.mcpgateway.controller.secrets.SessionStoreSecret;
import io.mcpgateway.controller.secrets.TrustedHeadersSecret;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides whether an extension is accepted. The checks are in the Go project's order, so an object with
 * several problems shows the same one first.
 */
public final class ExtensionPlanner {
    private ExtensionPlanner() {}

    public static ExtensionPlan plan(ExtensionFacts facts) {
        MCPGatewayExtension extension = facts.extension();
        if (extension.getSpec() == null) {
            return invalid("invalid: spec.targetRef is missing");
        }
        Optional<MCPGatewayExtension> elder = Conflicts.namespaceWinner(extension, facts.extensions());
        if (elder.isPresent()) {
            return new ExtensionPlan.Rejected(
                    Reason.INVALID_EXTENSION,
                    "conflict: namespace %s already has MCPGatewayExtension %s (only one per namespace allowed)%s; delete one of them"
                            .formatted(
                                    extension.getMetadata().getNamespace(),
                                    elder.get().getMetadata().getName(),
                                    leaving(elder.get())),
                    Withdrawal.NOTHING);
        }
        if (facts.gateway().isEmpty()) {
            return invalid("invalid: gateway target %s not found; create the Gateway, or correct spec.targetRef"
                    .formatted(References.gateway(extension).orElseThrow()));
        }
        Gateway gateway = facts.gateway().get();
        return switch (Listeners.choose(gateway, extension.getSpec().targetRef().sectionName())) {
            case Listeners.Choice.Rejected(String message) -> invalid(message);
            case Listeners.Choice.Chosen(Listener listener) -> withListener(facts, gateway, listener);
        };
    }

    private static ExtensionPlan withListener(ExtensionFacts facts, Gateway gateway, Listener listener) {
        MCPGatewayExtensionSpec spec = facts.extension().getSpec();
        String hostname = Listeners.hostname(listener);
        if (hostname.isEmpty()
                && (spec.publicHost() == null || spec.publicHost().isEmpty())) {
            return invalid(
                    "listener \"%s\" on gateway %s has no hostname and spec.publicHost is not set; set one of them"
                            .formatted(listener.getName(), ObjectKey.of(gateway)));
        }
        return switch (Hostnames.publicHost(spec.publicHost(), hostname)) {
            case Hostnames.PublicHost.Rejected(String message) -> invalid(message);
            case Hostnames.PublicHost.Derived(String host) ->
                permission(facts, gateway, listener)
                        .or(() -> TlsEntry.problem(gateway, listener, host).map(ExtensionPlanner::invalid))
                        .orElseGet(() -> withCertificates(
                                facts,
                                certificates -> new ExtensionPlan.Proceed(
                                        ObjectKey.of(gateway),
                                        listener,
                                        host,
                                        privateHost(spec, gateway, listener),
                                        certificates,
                                        warnings(host, hostname))));
        };
    }

    private static ExtensionPlan withCertificates(
            ExtensionFacts facts, Function<Optional<CaCertificates>, ExtensionPlan> plan) {
        MCPGatewayExtension extension = facts.extension();
        return switch (CaSecrets.read(
                extension.getSpec().caCertBundleRef(),
                facts.caSecret(),
                extension.getMetadata().getNamespace(),
                "spec.caCertBundleRef")) {
            case SecretContent.Unusable(SecretProblem problem) -> unusable(problem);
            case SecretContent.Usable(Optional<CaCertificates> certificates) -> plan.apply(certificates);
        };
    }

    /** What forbids the use of the listener, if anything does. */
    private static Optional<ExtensionPlan> permission(ExtensionFacts facts, Gateway gateway, Listener listener) {
        String namespace = facts.extension().getMetadata().getNamespace();
        ObjectKey key = ObjectKey.of(gateway);
        if (!NamespacePolicy.admits(listener, key.namespace(), namespace, facts.labels(namespace))) {
            return Optional.of(
                    invalid(("listener \"%s\" on gateway %s does not allow routes from namespace \"%s\"; change its "
                                    + "allowedRoutes.namespaces, or the labels of the namespace")
                            .formatted(listener.getName(), key, namespace)));
        }
        if (!ReferenceGrants.permit(facts.grants(), ReferenceGrants.Reference.extensionToGateway(namespace, key))) {
            return Optional.of(new ExtensionPlan.Rejected(
                    Reason.REFERENCE_GRANT_REQUIRED,
                    ("invalid: ReferenceGrant required in %s to allow cross-namespace reference from %s; create one from "
                                    + "MCPGatewayExtension (group mcp.kagenti.com) in namespace %s to Gateway %s")
                            .formatted(key.namespace(), namespace, namespace, key.name()),
                    Withdrawal.ENDPOINT));
        }
        return portConflict(facts, gateway, listener)
                .or(() -> TrustedHeadersSecret.problem(facts.extension(), facts.trustedHeadersSecret())
                        .map(ExtensionPlanner::unusable))
                .or(() -> SessionStoreSecret.problem(facts.extension(), facts.sessionStoreSecret())
                        .map(ExtensionPlanner::unusable));
    }

    private static Optional<ExtensionPlan> portConflict(ExtensionFacts facts, Gateway gateway, Listener listener) {
        return Conflicts.portWinner(facts, gateway, listener)
                .map(winner -> new ExtensionPlan.Rejected(
                        Reason.INVALID_EXTENSION,
                        ("conflict: listener port %d on gateway %s is already configured by MCPGatewayExtension %s "
                                        + "(listener %s)%s; use a listener on another port")
                                .formatted(
                                        Listeners.port(listener),
                                        ObjectKey.of(gateway),
                                        ObjectKey.of(winner.extension()),
                                        winner.listener().getName(),
                                        leaving(winner.extension())),
                        Withdrawal.ENDPOINT_AND_FILTER));
    }

    /** Istio names the Service of a Gateway after the Gateway and its class. */
    private static String privateHost(MCPGatewayExtensionSpec spec, Gateway gateway, Listener listener) {
        if (spec.privateHost() != null && !spec.privateHost().isEmpty()) {
            return spec.privateHost();
        }
        ObjectKey key = ObjectKey.of(gateway);
        String address = "%s-%s.%s.svc.cluster.local:%d"
                .formatted(
                        key.name(), gateway.getSpec().getGatewayClassName(), key.namespace(), Listeners.port(listener));
        return Listeners.isTls(listener) ? "https://" + address : address;
    }

    private static List<EventNote> warnings(String publicHost, String listenerHostname) {
        return Hostnames.intersect(listenerHostname, publicHost)
                ? List.of()
                : List.of(EventNote.warning(
                        "PublicHostOutsideListener",
                        "public host %s is not served by the listener's hostname %s: no route for it can attach there"
                                .formatted(publicHost, listenerHostname)));
    }

    private static String leaving(MCPGatewayExtension winner) {
        return winner.getMetadata().getDeletionTimestamp() == null ? "" : ", which is being deleted";
    }

    private static ExtensionPlan.Rejected unusable(SecretProblem secret) {
        return new ExtensionPlan.Rejected(secret.reason(), secret.message(), Withdrawal.ENDPOINT);
    }

    private static ExtensionPlan.Rejected invalid(String message) {
        return new ExtensionPlan.Rejected(Reason.INVALID_EXTENSION, message, Withdrawal.ENDPOINT);
    }
}
