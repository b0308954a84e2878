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
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionStatus;
import io.mcpgateway.controller.brokers.BrokerFleets;
import io.mcpgateway.controller.brokers.ConfigSecretStore;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.NamespaceEnd;
import io.mcpgateway.controller.cluster.ObjectWriter;
import io.mcpgateway.controller.cluster.StatusWriter;
import io.mcpgateway.controller.conditions.EventNote;
import io.mcpgateway.controller.desired.ConfigSize;
import io.mcpgateway.controller.desired.ExtensionOwner;
import io.mcpgateway.controller.desired.RenderedConfig;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.extension.ExtensionReadiness;
import io.mcpgateway.controller.extension.ExtensionStatus;
import io.mcpgateway.controller.extension.Withdrawal;
import io.mcpgateway.controller.extension.WriteRefusal;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.translation.TranslatedExtension;
import io.mcpgateway.controller.translation.Translation;
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
    /** Carries out the steps of a plan. */
    public record Steps(
            ConfigSecretStore configs,
            BrokerObjects broker,
            GatewayObjects gateway,
            RouteMarks routeMarks,
            StatusWriter status) {}

    private static final Logger log = LoggerFactory.getLogger(ExtensionReconciler.class);
    private static final Duration WHILE_A_NAMESPACE_ENDS = Duration.ofSeconds(5);

    private final ClusterReader cluster;
    private final Translator translator;
    private final BrokerFleets fleets;
    private final Steps steps;
    private final Clock clock;
    private final EventSource<?, MCPGatewayExtension> triggers;

    public ExtensionReconciler(
            ClusterReader cluster,
            Translator translator,
            BrokerFleets fleets,
            Steps steps,
            Clock clock,
            EventSource<?, MCPGatewayExtension> triggers) {
        this.cluster = cluster;
        this.translator = translator;
        this.fleets = fleets;
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
        Optional<Translation> translation = translator.translationFor(extension);
        if (translation.isEmpty()) {
            return UpdateControl.noUpdate();
        }
        if (!translation.get().isOf(extension)) {
            return Revisit.whenCopiesAgree();
        }
        log.debug("looking at extension={}", ObjectKey.of(extension));
        TranslatedExtension translated = translation.get().extension(ObjectKey.of(extension));
        try {
            return settle(extension, translated);
        } catch (ObjectWriter.Refused refusal) {
            tell(extension, translated.plan(), refusal);
            // Tried again, at longer and longer intervals.
            throw refusal;
        } catch (KubernetesClientException refusal) {
            if (!NamespaceEnd.isCauseOf(refusal)) {
                throw refusal;
            }
            // Its own, and the copy of it is behind; or that of the Gateway, which goes in a moment.
            log.info("nothing created: a namespace is being deleted extension={}", ObjectKey.of(extension));
            return UpdateControl.<MCPGatewayExtension>noUpdate().rescheduleAfter(WHILE_A_NAMESPACE_ENDS);
        }
    }

    private UpdateControl<MCPGatewayExtension> settle(MCPGatewayExtension extension, TranslatedExtension translated) {
        ExtensionReadiness readiness = switch (translated) {
            case TranslatedExtension.Rejected rejected -> withdraw(extension, rejected.plan());
            case TranslatedExtension.Accepted accepted -> provide(extension, accepted);
        };
        // A registration that has gone is not looked at again by itself; its deletion triggers the extension.
        steps.routeMarks().sweep();
        ExtensionPlan plan = translated.plan();
        return report(extension, plan, ExtensionStatus.of(extension, plan, readiness, clock.instant()));
    }

    private void tell(MCPGatewayExtension extension, ExtensionPlan plan, ObjectWriter.Refused refusal) {
        MCPGatewayExtensionStatus status = switch (plan) {
            case ExtensionPlan.Rejected rejected ->
                ExtensionStatus.of(extension, rejected, withdrawn(extension), clock.instant());
            case ExtensionPlan.Proceed proceed ->
                ExtensionStatus.of(
                        extension,
                        proceed,
                        new WriteRefusal(refusal.object().getKind(), ObjectKey.of(refusal.object()), refusal.reason()),
                        clock.instant());
        };
        report(extension, plan, status);
    }

    /** Each step can be repeated, and none relies on the one before having been completed by this process. */
    private ExtensionReadiness provide(MCPGatewayExtension extension, TranslatedExtension.Accepted accepted) {
        ExtensionPlan.Proceed plan = accepted.plan();
        // Before the broker, which mounts it and starts with what is in it.
        ConfigSize size = config(extension, accepted.config());
        Deployment deployment = steps.broker().keep(extension, plan);
        // Before the route, so that no request reaches the listener unfiltered on its account.
        steps.gateway().filter(extension, plan, accepted.filterScope());
        steps.gateway().route(extension, plan);
        steps.gateway().mark(extension, plan);

        return new ExtensionReadiness(
                Optional.of(deployment), fleets.of(ObjectKey.of(extension)), size, accepted.takers());
    }

    /**
     * A configuration that is too large for a Secret is not written. Brokers keep the unchanged parts of theirs, so
     * nothing is served that was removed or restricted since; new ones start with nothing.
     */
    private ConfigSize config(MCPGatewayExtension extension, BrokerConfig config) {
        ExtensionOwner owner = ExtensionOwner.of(extension);
        RenderedConfig rendered = steps.configs().rendered(owner.namespace(), config);
        ConfigSize size = rendered.size();
        steps.configs().write(owner, size.fits() ? rendered : RenderedConfig.of(kept(owner, config)));
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
        return withdrawn(extension);
    }

    private ExtensionReadiness withdrawn(MCPGatewayExtension extension) {
        return new ExtensionReadiness(
                Optional.empty(), fleets.of(ObjectKey.of(extension)), new ConfigSize(0), List.of());
    }

    private UpdateControl<MCPGatewayExtension> report(
            MCPGatewayExtension extension, ExtensionPlan plan, MCPGatewayExtensionStatus status) {
        MCPGatewayExtensionStatus before =
                Objects.requireNonNullElse(extension.getStatus(), MCPGatewayExtensionStatus.EMPTY);
        boolean settled = steps.status().settle(extension, before, status, () -> notes(plan, before, status));
        return Revisit.after(settled, References.secrets(extension), cluster);
    }

    private static List<EventNote> notes(
            ExtensionPlan plan, MCPGatewayExtensionStatus before, MCPGatewayExtensionStatus status) {
        List<EventNote> notes = new ArrayList<>(ExtensionStatus.events(before, status));
        if (plan instanceof ExtensionPlan.Proceed proceed) {
            notes.addAll(proceed.warnings());
        }
        return notes;
    }

    /** Needs nothing to exist: Gateway, namespaces and even kinds may have been deleted first. */
    @Override
    public DeleteControl cleanup(MCPGatewayExtension extension, Context<MCPGatewayExtension> context) {
        if (!cluster.isSettled()) {
            return Revisit.whenSettled();
        }
        boolean last = cluster.extensions().stream()
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
