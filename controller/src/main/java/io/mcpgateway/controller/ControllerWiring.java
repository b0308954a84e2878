package io.mcpgateway.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.mcpgateway.api.v1alpha1.McpApi;
import io.mcpgateway.controller.cluster.ApiRequests;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.HeldLease;
import io.mcpgateway.controller.extension.BrokerImage;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.reconcile.BrokerKeys;
import io.mcpgateway.controller.reconcile.BrokerObjects;
import io.mcpgateway.controller.reconcile.ExtensionReconciler;
import io.mcpgateway.controller.reconcile.GatewayObjects;
import io.mcpgateway.controller.reconcile.RegistrationReconciler;
import io.mcpgateway.controller.reconcile.RouteMarks;
import io.mcpgateway.controller.reconcile.Translator;
import io.mcpgateway.controller.reconcile.VirtualServerReconciler;
import io.mcpgateway.controller.settings.ControllerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the reconcilers and what they work with, and registers them. */
public final class ControllerWiring implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ControllerWiring.class);

    /** More would only wait for the API server. */
    private static final int THREADS = 8;

    /** An object that changes all the time is reconciled this often at most; changes in between are seen together. */
    private static final int RECONCILES_PER_SECOND = 5;

    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
    private static final Duration TERMINATION = Duration.ofSeconds(10);

    /** How long nobody works after a leader was killed; one that ends normally releases its Lease. */
    private static final Duration LEASE = Duration.ofSeconds(10);
    /** A leader that could not renew for so long stops before another one can start. */
    private static final Duration RENEW_WITHIN = Duration.ofSeconds(7);

    private static final Duration LEASE_RETRY = Duration.ofSeconds(1);

    /**
     * What the process around gives.
     *
     * @param requests how single requests reach the API server
     * @param onLeaseLost called when another controller may have taken over; the process should end
     */
    public record Surroundings(ApiRequests requests, MeterRegistry registry, Clock clock, Runnable onLeaseLost) {}

    private final ClusterWiring cluster;
    private final Operator operator;
    private final KubernetesClient client;
    private final Clock clock;
    private final Optional<HeldLease> lease;
    private final AtomicBoolean working = new AtomicBoolean();

    private ControllerWiring(ControllerSettings settings, KubernetesClient client, Surroundings around) {
        this.client = client;
        this.clock = around.clock();
        this.lease = settings.lease()
                .map(held -> new HeldLease(
                        around.requests(), new ObjectKey(held.namespace(), held.name()), held.identity()));
        this.cluster =
                new ClusterWiring(client, around.requests(), around.registry(), around.clock(), this::startReconcilers);
        this.operator = new Operator(configuration -> configure(configuration, settings, client, around, working));
        register(settings, around.clock());
    }

    /**
     * Starts working in the background: watching, and reconciling as soon as our own kinds are served.
     *
     * @param client is closed with this object
     */
    public static ControllerWiring start(ControllerSettings settings, KubernetesClient client, Surroundings around) {
        ControllerWiring wiring = new ControllerWiring(settings, client, around);
        wiring.cluster.start();
        return wiring;
    }

    /** What keeps the controller from working; empty text when nothing does. */
    public String problem() {
        return cluster.monitor().problem();
    }

    /** What it knows of the cluster. */
    ClusterReader reader() {
        return cluster.reader();
    }

    /** Whether no controller reconciles: this one never got its turn, and no other one holds the Lease. */
    public boolean isIdle() {
        return !working.get() && lease.isPresent() && !lease.get().isHeld(clock.instant());
    }

    /** Lets reconciles that are running come to their end, for a while. */
    @Override
    public void close() {
        operator.stop();
        lease.ifPresent(HeldLease::release);
        cluster.close();
        client.close();
    }

    private static void lead(String identity, AtomicBoolean working) {
        working.set(true);
        log.info("leading identity={}", identity);
    }

    private void startReconcilers() {
        operator.start();
        log.info("reconcilers started");
    }

    private void register(ControllerSettings settings, Clock clock) {
        var reader = cluster.reader();
        var writer = cluster.writer();
        var statuses = cluster.statuses();
        var fleets = cluster.fleets();
        Translator translator = new Translator(reader);
        RouteMarks routeMarks = new RouteMarks(reader, writer, clock);
        BrokerKeys keys = new BrokerKeys(reader, cluster.requests(), writer);
        BrokerImage image = new BrokerImage(settings.brokerImage(), "IfNotPresent");
        operator.register(
                new ExtensionReconciler(
                        reader,
                        translator,
                        fleets,
                        new ExtensionReconciler.Steps(
                                cluster.configs(),
                                new BrokerObjects(reader, writer, keys, image),
                                new GatewayObjects(reader, cluster.requests(), writer, clock),
                                routeMarks,
                                statuses),
                        clock,
                        cluster.queue().extensions()),
                ControllerWiring::common);
        operator.register(
                new RegistrationReconciler(
                        reader,
                        translator,
                        fleets,
                        routeMarks,
                        statuses,
                        clock,
                        cluster.queue().registrations()),
                ControllerWiring::common);
        operator.register(
                new VirtualServerReconciler(
                        translator, fleets, statuses, clock, cluster.queue().virtualServers()),
                ControllerWiring::common);
    }

    private static <T extends HasMetadata> void common(ControllerConfigurationOverrider<T> controller) {
        controller
                .withFinalizer(McpApi.FINALIZER)
                .withRetry(new GenericRetry()
                        .setInitialInterval(FIRST_RETRY)
                        .setIntervalMultiplier(2)
                        .setMaxInterval(LONGEST_RETRY.toMillis())
                        .withoutMaxAttempts())
                .withRateLimiter(new LinearRateLimiter(Duration.ofSeconds(1), RECONCILES_PER_SECOND));
    }

    private static void configure(
            ConfigurationServiceOverrider operator,
            ControllerSettings settings,
            KubernetesClient client,
            Surroundings around,
            AtomicBoolean working) {
        operator.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withConcurrentReconciliationThreads(THREADS)
                .withReconciliationTerminationTimeout(TERMINATION)
                // An API server that is slow at our start must not leave a process that runs and never works.
                .withStopOnInformerErrorDuringStartup(false)
                // Only finalizers are written this way; a JSON patch leaves those of others alone.
                .withUseSSAToPatchPrimaryResource(false)
                .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(around.registry()));
        settings.lease()
                .ifPresent(lease -> operator.withLeaderElectionConfiguration(
                        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease.name())
                                .withLeaseNamespace(lease.namespace())
                                .withIdentity(lease.identity())
                                .withLeaseDuration(LEASE)
                                .withRenewDeadline(RENEW_WITHIN)
                                .withRetryPeriod(LEASE_RETRY)
                                // By itself it would call System.exit, also in the middle of an orderly stop.
                                .withExitOnStopLeading(false)
                                .withLeaderCallbacks(new LeaderCallbacks(
                                        () -> lead(lease.identity(), working),
                                        around.onLeaseLost(),
                                        leader -> log.info("leader now={}", leader)))
                                .build()));
    }
}
