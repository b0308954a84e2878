package io.mcpgateway.controller.extension;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.gatewayapi.Listeners;
import io.mcpgateway.controller.gatewayapi.NamespacePolicy;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.ReferenceGrants;
import io.mcpgateway.controller.gatewayapi.Seniority;
import io.mcpgateway.controller.references.References;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which extension came first. An extension that is being deleted still counts: its objects are there until its
 * finalizer is done, and two filters on one port would handle each request twice.
 */
final class Conflicts {
    /** The extension that has a port, and the listener by which it has it. */
    record PortHolder(MCPGatewayExtension extension, Listener listener) {
        PortHolder {
            Objects.requireNonNull(extension, "extension");
            Objects.requireNonNull(listener, "listener");
        }
    }

    private Conflicts() {}

    /** The oldest other extension of the namespace, if it is older than this one. */
    static Optional<MCPGatewayExtension> namespaceWinner(
            MCPGatewayExtension extension, List<MCPGatewayExtension> extensions) {
        return extensions.stream()
                .filter(other -> sameNamespace(extension, other) && isElder(other, extension))
                .min(Seniority.OLDEST_THEN_UID);
    }

    /**
     * The oldest extension that may use the same port of the Gateway, if it is older than this one. One without
     * permission does not count, however old it is.
     */
    static Optional<PortHolder> portWinner(ExtensionFacts facts, Gateway gateway, Listener listener) {
        return facts.extensions().stream()
                .filter(other -> isElder(other, facts.extension()) && targets(other, gateway))
                .filter(other -> namespaceWinner(other, facts.extensions()).isEmpty())
                .sorted(Seniority.OLDEST_THEN_UID)
                .map(other -> holder(other, gateway, facts))
                .flatMap(Optional::stream)
                .filter(holder -> Listeners.port(holder.listener()) == Listeners.port(listener))
                .findFirst();
    }

    private static Optional<PortHolder> holder(MCPGatewayExtension extension, Gateway gateway, ExtensionFacts facts) {
        String namespace = extension.getMetadata().getNamespace();
        ObjectKey key = ObjectKey.of(gateway);
        return switch (Listeners.choose(gateway, extension.getSpec().targetRef().sectionName())) {
            case Listeners.Choice.Rejected _ -> Optional.empty();
            case Listeners.Choice.Chosen(Listener listener) ->
                NamespacePolicy.admits(listener, key.namespace(), namespace, facts.labels(namespace))
                                && ReferenceGrants.permit(
                                        facts.grants(), ReferenceGrants.Reference.extensionToGateway(namespace, key))
                        ? Optional.of(new PortHolder(extension, listener))
                        : Optional.empty();
        };
    }

    private static boolean targets(MCPGatewayExtension extension, Gateway gateway) {
        return References.gateway(extension)
                .filter(ObjectKey.of(gateway)::equals)
                .isPresent();
    }

    private static boolean sameNamespace(MCPGatewayExtension one, MCPGatewayExtension other) {
        return Objects.equals(
                one.getMetadata().getNamespace(), other.getMetadata().getNamespace());
    }

    private static boolean isElder(MCPGatewayExtension other, MCPGatewayExtension extension) {
        return Seniority.OLDEST_THEN_UID.compare(other, extension) < 0;
    }
}
