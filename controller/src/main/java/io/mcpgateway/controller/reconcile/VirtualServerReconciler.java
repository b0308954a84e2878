package io.mcpgateway.controller.reconcile;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.api.v1alpha1.MCPVirtualServerStatus;
import io.mcpgateway.controller.brokers.BrokerFleets;
import io.mcpgateway.controller.cluster.StatusWriter;
import io.mcpgateway.controller.fleet.BrokerFleet;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.translation.Translation;
import io.mcpgateway.controller.virtualserver.VirtualServerEvents;
import io.mcpgateway.controller.virtualserver.VirtualServerPlan;
import io.mcpgateway.controller.virtualserver.VirtualServerReadiness;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Keeps the status of virtual servers true. Their entries are written by the extensions' reconciler. */
public final class VirtualServerReconciler implements Reconciler<MCPVirtualServer>, Cleaner<MCPVirtualServer> {
    private final Translator translator;
    private final BrokerFleets fleets;
    private final StatusWriter statuses;
    private final Clock clock;
    private final EventSource<?, MCPVirtualServer> triggers;

    public VirtualServerReconciler(
            Translator translator,
            BrokerFleets fleets,
            StatusWriter statuses,
            Clock clock,
            EventSource<?, MCPVirtualServer> triggers) {
        this.translator = translator;
        this.fleets = fleets;
        this.statuses = statuses;
        this.clock = clock;
        this.triggers = triggers;
    }

    @Override
    public List<EventSource<?, MCPVirtualServer>> prepareEventSources(EventSourceContext<MCPVirtualServer> context) {
        return List.of(triggers);
    }

    @Override
    public UpdateControl<MCPVirtualServer> reconcile(
            MCPVirtualServer virtualServer, Context<MCPVirtualServer> context) {
        Optional<Translation> translation = translator.translationFor(virtualServer);
        if (translation.isEmpty()) {
            return UpdateControl.noUpdate();
        }
        if (!translation.get().isOf(virtualServer)) {
            return Revisit.whenCopiesAgree();
        }
        VirtualServerPlan plan = translation.get().virtualServer(virtualServer);
        List<BrokerFleet> brokers = plan.extensions().stream().map(fleets::of).toList();
        MCPVirtualServerStatus status = VirtualServerReadiness.of(
                        virtualServer,
                        plan,
                        translation.get().url(ObjectKey.of(virtualServer)),
                        brokers,
                        clock.instant())
                .at(translation.get().clientUrl(virtualServer).orElse(null));

        MCPVirtualServerStatus before =
                Objects.requireNonNullElse(virtualServer.getStatus(), MCPVirtualServerStatus.EMPTY);
        boolean settled = statuses.settle(
                virtualServer, before, status, () -> VirtualServerEvents.of(plan, brokers, before, status));
        return Revisit.after(settled);
    }

    /** The extensions' reconciler leaves virtual servers that are being deleted out of the configuration. */
    @Override
    public DeleteControl cleanup(MCPVirtualServer virtualServer, Context<MCPVirtualServer> context) {
        return DeleteControl.defaultDelete();
    }
}
