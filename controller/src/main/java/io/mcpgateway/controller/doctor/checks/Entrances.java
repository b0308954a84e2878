package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.doctor.facts.Facts;
import io.mcpgateway.controller.gatewayapi.Listeners;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.references.References;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Where clients come in: what has to be known to call a gateway and to ask its Envoy. */
public final class Entrances {
    /**
     * The listener of an extension.
     *
     * @param publicHost under which clients reach it
     */
    public record Entrance(ObjectKey extension, ObjectKey gateway, String publicHost, int port, boolean tls) {
        public Entrance {
            Objects.requireNonNull(extension, "extension");
            Objects.requireNonNull(gateway, "gateway");
            Objects.requireNonNull(publicHost, "publicHost");
        }
    }

    private Entrances() {}

    /** Those of the extensions that are accepted, as far as can be seen. */
    public static List<Entrance> of(Facts facts) {
        Patient patient = Patient.of(facts);
        return patient.extensions().stream()
                .flatMap(extension -> planned(patient, extension).or(() -> told(patient, extension)).stream())
                .toList();
    }

    private static Optional<Entrance> planned(Patient patient, MCPGatewayExtension extension) {
        return patient.accepted(extension)
                .map(plan -> entrance(extension, plan.gateway(), plan.publicHost(), plan.listener()));
    }

    /** By the status, where the plan cannot be seen. */
    private static Optional<Entrance> told(Patient patient, MCPGatewayExtension extension) {
        if (patient.plan(extension).isPresent()
                || extension.getStatus() == null
                || extension.getStatus().publicHost() == null) {
            return Optional.empty();
        }
        Optional<Gateway> gateway =
                References.gateway(extension).flatMap(key -> patient.cluster().find(Gateway.class, key));
        return gateway.flatMap(
                found -> Listeners.choose(found, extension.getSpec().targetRef().sectionName())
                                instanceof Listeners.Choice.Chosen(Listener listener)
                        ? Optional.of(entrance(
                                extension,
                                ObjectKey.of(found),
                                Objects.requireNonNull(extension.getStatus().publicHost()),
                                listener))
                        : Optional.empty());
    }

    private static Entrance entrance(
            MCPGatewayExtension extension, ObjectKey gateway, String publicHost, Listener listener) {
        return new Entrance(
                ObjectKey.of(extension), gateway, publicHost, Listeners.port(listener), Listeners.isTls(listener));
    }
}
