package io.mcpgateway.controller.reconcile;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationStatus;
import io.mcpgateway.controller.brokers.BrokerFleets;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.StatusWriter;
import io.mcpgateway.controller.fleet.BrokerFleet;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.registration.RegistrationEvents;
import io.mcpgateway.controller.registration.RegistrationPlan;
import io.mcpgateway.controller.registration.RegistrationStatus;
import io.mcpgateway.controller.translation.Translation;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the status of registrations true. Their entries are written by the extension's reconciler, which is triggered
 * by the same changes: one writer per configuration.
 */
public final class RegistrationReconciler implements Reconciler<MCPServerRegistration>, Cleaner<MCPServerRegistration> {
    private static final Logger log = LoggerFactory.getLogger(RegistrationReconciler.class);

    private final ClusterReader cluster;
    private final Translator translator;
    private final BrokerFleets fleets;
    private final RouteMarks routeMarks;
    private final StatusWriter statuses;
    private final Clock clock;
    private final EventSource<?, MCPServerRegistration> triggers;

    public RegistrationReconciler(
            ClusterReader cluster,
            Translator translator,
            BrokerFleets fleets,
            RouteMarks routeMarks,
            StatusWriter statuses,
            Clock clock,
            EventSource<?, MCPServerRegistration> triggers) {
        this.cluster = cluster;
        this.translator = translator;
        this.fleets = fleets;
        this.routeMarks = routeMarks;
        this.statuses = statuses;
        this.clock = clock;
        this.triggers = triggers;
    }

    @Override
    public List<EventSource<?, MCPServerRegistration>> prepareEventSources(
            EventSourceContext<MCPServerRegistration> context) {
        return List.of(triggers);
    }

    @Override
    public UpdateControl<MCPServerRegistration> reconcile(
            MCPServerRegistration registration, Context<MCPServerRegistration> context) {
        Optional<Translation> known = translator.translationFor(registration);
        if (known.isEmpty()) {
            return UpdateControl.noUpdate();
        }
        Translation translation = known.get();
        if (!translation.isOf(registration)) {
            return Revisit.whenCopiesAgree();
        }
        log.debug("looking at registration={}", ObjectKey.of(registration));
        RegistrationPlan plan = translation.registration(ObjectKey.of(registration));

        References.route(registration).ifPresent(route -> routeMarks.mark(route, translation.isInUse(route)));
        if (!translation.hasExtensions()) {
            // Otherwise the extensions' reconciler does, once for many registrations.
            routeMarks.sweep();
        }

        List<BrokerFleet> brokers = plan.entries().stream()
                .map(placement -> fleets.of(placement.extension(), placement.server()))
                .toList();
        return report(registration, plan, brokers, translation.clientUrl(plan));
    }

    /** The entry leaves the configuration because the extension's reconciler leaves deleted registrations out. */
    @Override
    public DeleteControl cleanup(MCPServerRegistration registration, Context<MCPServerRegistration> context) {
        if (!cluster.isSettled()) {
            return Revisit.whenSettled();
        }
        routeMarks.sweepWithout(registration);
        return DeleteControl.defaultDelete();
    }

    private UpdateControl<MCPServerRegistration> report(
            MCPServerRegistration registration,
            RegistrationPlan plan,
            List<BrokerFleet> brokers,
            Optional<String> clientUrl) {
        MCPServerRegistrationStatus status = RegistrationStatus.of(registration, plan, brokers, clock.instant())
                .at(clientUrl.orElse(null));
        MCPServerRegistrationStatus before =
                Objects.requireNonNullElse(registration.getStatus(), MCPServerRegistrationStatus.EMPTY);
        boolean settled = statuses.settle(
                registration, before, status, () -> RegistrationEvents.of(plan, brokers, before, status));
        return Revisit.after(settled, References.secrets(registration), cluster);
    }
}
