package io.mcpgateway.controller.reconcile;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.envoy.Scope;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionStatus;
import io.mcpgateway.controller.brokers.BrokerFleets;
import io.mcpgateway.controller.brokers.ConfigSecretStore;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.NamespaceEnd;
import io.mcpgateway.controller.cluster.StatusWriter;
import io.mcpgateway.controller.cluster.UnlabelledSecrets;
import io.mcpgateway.controller.conditions.EventNote;
import io.mcpgateway.controller.conditions.Transitions;
import io.mcpgateway.controller.desired.ExtensionOwner;
import io.mcpgateway.controller.extension.ConfigRenderer;
import io.mcpgateway.controller.extension.ConfigSize;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.extension.ExtensionPlanner;
import io.mcpgateway.controller.extension.ExtensionReadiness;
import io.mcpgateway.controller.extension.ExtensionStatus;
import io.mcpgateway.controller.extension.FilterScope;
import io.mcpgateway.controller.extension.PublicHostRoutes;
import io.mcpgateway.controller.extension.RenderedConfig;
import io.mcpgateway.controller.extension.Withdrawal;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.registration.PlannedRegistration;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an extension's objects and its status; the only writer of its configuration. */
public final class ExtensionReconciler implements Reconciler<MCPGatewayExtension>, Cleaner<MCPGatewayExtension> {
    /** What carries out the steps of a plan. */
    public record Steps(
            ConfigSecretStore configs,
            BrokerObjects broker,
            GatewayObjects gateway,
            RouteMarks routeMarks,
            StatusWriter status) {}

    /** What is looked at. */
    public record Observers(
            ClusterReader cluster,
            ExtensionObserver extensions,
            RegistrationObserver registrations,
            BrokerFleets fleets) {}

    private static final Logger log = LoggerFactory.getLogger(ExtensionReconciler.class);
    private static final Duration WHILE_A_NAMESPACE_ENDS = Duration.ofSeconds(5);

    private final Observers observers;
    private final Steps steps;
    private final Clock clock;
    private final EventSource<?, MCPGatewayExtension> triggers;

    public ExtensionReconciler(
            Observers observers, Steps steps, Clock clock, EventSource<?, MCPGatewayExtension> triggers) {
        this.observers = observers;
        this.steps = steps;
        this.clock = clock;
        this.triggers = triggers;
    }

    @Override
    public List<EventSource<?, MCPGatewayExtension>> prepareEventSources(
            EventSourceContext<MCPGatewayExtension> context) {
        return List.of(triggers);
    }

    @Override
    public UpdateControl<MCPGatewayExtension> reconcile(
            MCPGatewayExtension extension, Context<MCPGatewayExtension> context) {
        if (!observers.extensions().isComplete()) {
            return UpdateControl.noUpdate();
        }
        if (observers.cluster().isBeingDeleted(extension.getMetadata().getNamespace())) {
            return UpdateControl.noUpdate();
        }
        try {
            return settle(extension);
        } catch (KubernetesClientException refusal) {
            if (!NamespaceEnd.isCauseOf(refusal)) {
                throw refusal;
            }
            // Its own, and the copy of it is behind; or that of the Gateway, which goes in a moment.
            log.info("nothing created, a namespace is being deleted extension={}", ObjectKey.of(extension));
            return UpdateControl.<MCPGatewayExtension>noUpdate().rescheduleAfter(WHILE_A_NAMESPACE_ENDS);
        }
    }

    private UpdateControl<MCPGatewayExtension> settle(MCPGatewayExtension extension) {
        ExtensionPlan plan = ExtensionPlanner.plan(observers.extensions().observe(extension));
        ExtensionReadiness readiness = switch (plan) {
            case ExtensionPlan.Rejected rejected -> withdraw(extension, rejected);
            case ExtensionPlan.Proceed proceed -> provide(extension, proceed);
        };
        // A registration that has gone is not looked at again by itself; its going brings its extension here.
        steps.routeMarks().sweep();
        return report(extension, plan, ExtensionStatus.of(extension, plan, readiness, clock.instant()));
    }

    /** Each step can be repeated, and none relies on the one before having been completed by this process. */
    private ExtensionReadiness provide(MCPGatewayExtension extension, ExtensionPlan.Proceed plan) {
        List<PlannedRegistration> registrations =
                observers.registrations().planned(observers.extensions().candidates());

        // Before the broker, which mounts it and starts with what is in it.
        ConfigSize size = config(extension, plan, registrations);
        Deployment deployment = steps.broker().keep(extension, plan);
        // Before the route, so that no request reaches the listener unfiltered on its account.
        Scope scope = FilterScope.of(ObjectKey.of(extension), plan, registrations);
        steps.gateway().filter(extension, plan, scope);
        steps.gateway().route(extension, plan);
        steps.gateway().mark(extension, plan);

        return new ExtensionReadiness(
                Optional.of(deployment),
                true,
                observers.fleets().of(ObjectKey.of(extension)),
                size,
                takers(extension, plan));
    }

    private List<ObjectKey> takers(MCPGatewayExtension extension, ExtensionPlan.Proceed plan) {
        return observers.cluster().gateway(plan.gateway()).stream()
                .flatMap(gateway -> PublicHostRoutes.takers(
                        ObjectKey.of(extension),
                        plan,
                        gateway,
                        observers.registrations().claimants(plan.publicHost()),
                        observers.cluster().grants())
                        .stream())
                .toList();
    }

    /**
     * What no Secret can hold is not written. Brokers keep what they have and may still have, so that nothing is served
     * that was withdrawn or narrowed since; new ones start with nothing.
     */
    private ConfigSize config(
            MCPGatewayExtension extension, ExtensionPlan plan, List<PlannedRegistration> registrations) {
        RenderedConfig rendered = ConfigRenderer.render(
                ObjectKey.of(extension),
                plan,
                registrations,
                observers.cluster().virtualServers());
        ExtensionOwner owner = ExtensionOwner.of(extension);
        ConfigSize size = rendered.size();
        RenderedConfig written = size.fits() ? rendered : RenderedConfig.of(kept(owner, rendered.config()));
        steps.configs().write(owner, written.config(), written.document());
        return size;
    }

    private BrokerConfig kept(ExtensionOwner owner, BrokerConfig wanted) {
        return steps.configs()
                .current(owner.namespace())
                .map(before -> before.config().common(wanted))
                .orElse(BrokerConfig.EMPTY);
    }

    private ExtensionReadiness withdraw(MCPGatewayExtension extension, ExtensionPlan.Rejected rejected) {
        if (rejected.withdrawal() != Withdrawal.NOTHING) {
            steps.configs().withdraw(ExtensionOwner.of(extension));
        }
        steps.gateway().withdraw(extension, rejected.withdrawal());
        return new ExtensionReadiness(
                Optional.empty(), false, observers.fleets().of(ObjectKey.of(extension)), new ConfigSize(0), List.of());
    }

    private UpdateControl<MCPGatewayExtension> report(
            MCPGatewayExtension extension, ExtensionPlan plan, MCPGatewayExtensionStatus status) {
        MCPGatewayExtensionStatus before =
                Objects.requireNonNullElse(extension.getStatus(), MCPGatewayExtensionStatus.EMPTY);
        if (!steps.status().settle(extension, before, status, () -> notes(plan, before, status))) {
            return UpdateControl.<MCPGatewayExtension>noUpdate().rescheduleAfter(StatusWriter.RETRY);
        }
        UpdateControl<MCPGatewayExtension> control = UpdateControl.noUpdate();
        return observers.extensions().dependsOnUnwatchedSecret(extension)
                ? control.rescheduleAfter(UnlabelledSecrets.LIFETIME)
                : control;
    }

    private static List<EventNote> notes(
            ExtensionPlan plan, MCPGatewayExtensionStatus before, MCPGatewayExtensionStatus status) {
        List<EventNote> notes = new ArrayList<>(
                Transitions.events(before.conditions(), status.conditions(), ExtensionStatus.isUnderway(status)));
        if (plan instanceof ExtensionPlan.Proceed proceed) {
            notes.addAll(proceed.warnings());
        }
        return notes;
    }

    /** Needs nothing to be there: Gateway, namespaces and even kinds may have gone first. */
    @Override
    public DeleteControl cleanup(MCPGatewayExtension extension, Context<MCPGatewayExtension> context) {
        if (!observers.cluster().isSettled()) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(StatusWriter.RETRY.toMillis());
        }
        boolean last = observers.cluster().extensions().stream()
                .filter(other -> ObjectKey.of(other)
                        .namespace()
                        .equals(ObjectKey.of(extension).namespace()))
                .allMatch(other -> ObjectKey.of(other).equals(ObjectKey.of(extension)));
        if (last) {
            steps.configs().withdraw(ExtensionOwner.of(extension));
            steps.configs().forget(extension.getMetadata().getNamespace());
        }
        steps.gateway().remove(extension);
        return DeleteControl.defaultDelete();
    }
}
