package io.mcpgateway.controller.translation;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.selection.ToolSearch;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionSpec;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.extension.ExtensionFacts;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.extension.ExtensionPlanner;
import io.mcpgateway.controller.extension.PublicPaths;
import io.mcpgateway.controller.extension.Withdrawal;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.Seniority;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.registration.Attachment;
import io.mcpgateway.controller.registration.RegistrationFacts;
import io.mcpgateway.controller.registration.RegistrationPlan;
import io.mcpgateway.controller.registration.RegistrationPlanner;
import io.mcpgateway.controller.registration.TargetExtension;
import io.mcpgateway.controller.virtualserver.OfferingExtension;
import io.mcpgateway.controller.virtualserver.UrlClaim;
import io.mcpgateway.controller.virtualserver.UrlClaims;
import io.mcpgateway.controller.virtualserver.VirtualServerEntries;
import io.mcpgateway.controller.virtualserver.VirtualServerPlan;
import io.mcpgateway.controller.virtualserver.VirtualServerPlanner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the objects of a cluster: for each extension what it serves and guards, for each registration and
 * virtual server where it goes. It follows from the facts alone. A translation may be made from the one before, which
 * saves the plans whose own facts are still the same and changes nothing else.
 */
public final class Translation {
    /** What was decided, and from what. */
    private record Planned<F, P>(F facts, P plan) {
        /** What was decided before if the facts are still the same. */
        static <F, P> Planned<F, P> of(F facts, @Nullable Planned<F, P> before, Function<F, P> planner) {
            return before != null && before.facts().equals(facts) ? before : new Planned<>(facts, planner.apply(facts));
        }
    }

    /** Of a cluster without objects. */
    public static final Translation NONE =
            new Translation(ObjectFacts.in(ClusterFacts.NONE), Map.of(), List.of(), Map.of());

    private final ObjectFacts facts;
    private final Map<ObjectKey, Planned<ExtensionFacts, ExtensionPlan>> extensions;
    private final List<TargetExtension> targets;
    private final Map<ObjectKey, Planned<RegistrationFacts, RegistrationPlan>> registrations;
    private final Set<ObjectKey> routesInUse;
    private final VirtualServerEntries entries;
    private final UrlClaims urls;

    private Translation(
            ObjectFacts facts,
            Map<ObjectKey, Planned<ExtensionFacts, ExtensionPlan>> extensions,
            List<TargetExtension> targets,
            Map<ObjectKey, Planned<RegistrationFacts, RegistrationPlan>> registrations) {
        this.facts = facts;
        this.extensions = extensions;
        this.targets = targets;
        this.registrations = registrations;
        this.urls = UrlClaims.of(facts.cluster().virtualServers(), places());
        this.routesInUse = registrations.values().stream()
                .filter(planned -> isStaying(planned.facts().registration()))
                .filter(planned -> !planned.plan().reaches().isEmpty())
                .flatMap(planned -> References.route(planned.facts().registration()).stream())
                .collect(Collectors.toUnmodifiableSet());
        this.entries = new VirtualServerEntries(facts.cluster().registrations().stream()
                .filter(Translation::isStaying)
                .collect(Collectors.toMap(
                        ObjectKey::of,
                        registration -> Objects.requireNonNullElse(
                                registration.getMetadata().getLabels(), Map.<String, String>of()))));
    }

    /** The translation of other facts; this one if they are the same. */
    public Translation next(ClusterFacts now) {
        if (now.equals(facts.cluster())) {
            return this;
        }
        ObjectFacts facts = ObjectFacts.in(now);
        Map<ObjectKey, Planned<ExtensionFacts, ExtensionPlan>> extensions = new HashMap<>();
        List<TargetExtension> targets = new ArrayList<>();
        for (MCPGatewayExtension extension : now.extensions()) {
            ObjectKey key = ObjectKey.of(extension);
            var planned = Planned.of(facts.of(extension), this.extensions.get(key), ExtensionPlanner::plan);
            extensions.put(key, planned);
            target(extension, planned.plan()).ifPresent(targets::add);
        }
        Map<ObjectKey, Planned<RegistrationFacts, RegistrationPlan>> registrations = new HashMap<>();
        List<TargetExtension> reachable = targets.equals(this.targets) ? this.targets : List.copyOf(targets);
        for (MCPServerRegistration registration : now.registrations()) {
            ObjectKey key = ObjectKey.of(registration);
            registrations.put(
                    key,
                    Planned.of(
                            facts.of(registration, reachable), this.registrations.get(key), RegistrationPlanner::plan));
        }
        return new Translation(facts, extensions, reachable, registrations);
    }

    /** Whether the extension is among the facts as it is given; otherwise one of the two is outdated. */
    public boolean isOf(MCPGatewayExtension extension) {
        Planned<ExtensionFacts, ExtensionPlan> planned = extensions.get(ObjectKey.of(extension));
        return planned != null && planned.facts().extension().equals(Essentials.of(extension));
    }

    /** Whether the registration is among the facts as it is given; otherwise one of the two is outdated. */
    public boolean isOf(MCPServerRegistration registration) {
        Planned<RegistrationFacts, RegistrationPlan> planned = registrations.get(ObjectKey.of(registration));
        return planned != null && planned.facts().registration().equals(Essentials.of(registration));
    }

    /** Whether the virtual server is among the facts as it is given; otherwise one of the two is outdated. */
    public boolean isOf(MCPVirtualServer virtualServer) {
        return facts.cluster().virtualServers().contains(Essentials.of(virtualServer));
    }

    /** What follows for an extension of the facts. */
    public TranslatedExtension extension(ObjectKey key) {
        return switch (plan(key)) {
            case ExtensionPlan.Rejected rejected -> new TranslatedExtension.Rejected(rejected);
            case ExtensionPlan.Proceed proceed ->
                new TranslatedExtension.Accepted(
                        proceed,
                        new BrokerConfig(
                                ConfigEntries.servers(key, plansOldestFirst()),
                                ConfigEntries.virtualServers(
                                        key, facts.cluster().virtualServers(), entries, urls),
                                proceed.caCertificates(),
                                protocolVersions(key),
                                toolSearch(key)),
                        FilterScope.of(proceed.publicHost(), attachments(key), urls.hostnames(key)),
                        takers(key, proceed));
        };
    }

    private ToolSearch toolSearch(ObjectKey extension) {
        MCPGatewayExtensionSpec spec = spec(extension);
        return VirtualServerEntries.toolSearch(spec.toolSearch(), spec.pinnedTools());
    }

    private MCPGatewayExtensionSpec spec(ObjectKey extension) {
        return Objects.requireNonNull(extensions.get(extension), extension::toString)
                .facts()
                .extension()
                .getSpec();
    }

    /** What follows for a registration of the facts. */
    public RegistrationPlan registration(ObjectKey key) {
        return Objects.requireNonNull(registrations.get(key), key::toString).plan();
    }

    /** What follows for a virtual server; it need not be among the facts. */
    public VirtualServerPlan virtualServer(MCPVirtualServer virtualServer) {
        return VirtualServerPlanner.plan(
                entries.entry(virtualServer),
                targets.stream()
                        .filter(TargetExtension::isServing)
                        .map(TargetExtension::key)
                        .sorted()
                        .map(key -> new OfferingExtension(key, protocolVersions(key)))
                        .toList());
    }

    private List<String> protocolVersions(ObjectKey extension) {
        return spec(extension).protocolVersions().stream().distinct().toList();
    }

    /** What became of the URL that a virtual server chose. */
    public UrlClaim url(ObjectKey virtualServer) {
        return urls.of(virtualServer);
    }

    /** Under which URL clients find a virtual server; at the oldest of several extensions. */
    public Optional<String> clientUrl(MCPVirtualServer virtualServer) {
        ObjectKey key = ObjectKey.of(virtualServer);
        return ClientUrls.of(serving()).of(key, urls.of(key));
    }

    /** Under which URL clients find a server alone; at the first of several extensions. */
    public Optional<String> clientUrl(RegistrationPlan plan) {
        return plan.entries().stream()
                .findFirst()
                .flatMap(placement -> ClientUrls.of(serving())
                        .of(placement.extension(), placement.server().name()));
    }

    /** Whether a registration that is not being deleted reaches an extension by the route. */
    public boolean isInUse(ObjectKey route) {
        return routesInUse.contains(route);
    }

    /** Whether some extension names a Gateway, whatever became of it. */
    public boolean hasExtensions() {
        return !targets.isEmpty();
    }

    private ExtensionPlan plan(ObjectKey extension) {
        return Objects.requireNonNull(extensions.get(extension), extension::toString)
                .plan();
    }

    /** The extension as registrations see it; nothing for one that names no Gateway. */
    private static Optional<TargetExtension> target(MCPGatewayExtension extension, ExtensionPlan plan) {
        return References.gateway(extension)
                .map(gateway -> new TargetExtension(
                        ObjectKey.of(extension),
                        gateway,
                        Seniority.created(extension),
                        switch (plan) {
                            case ExtensionPlan.Rejected rejected ->
                                new TargetExtension.State.Rejected(
                                        rejected.message(),
                                        rejected.withdrawal() == Withdrawal.ENDPOINT
                                                && !rejected.reason().equals(Reason.REFERENCE_GRANT_REQUIRED));
                            case ExtensionPlan.Proceed proceed ->
                                extension.getMetadata().getDeletionTimestamp() == null
                                        ? new TargetExtension.State.Serving(proceed.listener(), proceed.publicHost())
                                        : new TargetExtension.State.Leaving(proceed.listener(), proceed.publicHost());
                        }));
    }

    /** Of the registrations that are not being deleted. */
    private List<RegistrationPlan> plansOldestFirst() {
        return registrations.values().stream()
                .filter(planned -> isStaying(planned.facts().registration()))
                .sorted(Comparator.comparing(planned -> planned.facts().registration(), Seniority.OLDEST_THEN_NAME))
                .map(Planned::plan)
                .toList();
    }

    private List<Attachment> attachments(ObjectKey extension) {
        return registrations.values().stream()
                .filter(planned -> isStaying(planned.facts().registration()))
                .flatMap(planned -> planned.plan().reaches().stream())
                .filter(attachment -> attachment.extension().equals(extension))
                .toList();
    }

    private List<ObjectKey> takers(ObjectKey extension, ExtensionPlan.Proceed plan) {
        return facts.index()
                .gateway(plan.gateway())
                .map(gateway -> PublicHostRoutes.takers(
                        extension,
                        plan,
                        gateway,
                        facts.index().claimants(plan.publicHost()),
                        PublicPaths.of(spec(extension)),
                        ClientUrls.paths(facts.cluster().virtualServers(), registrations.keySet()),
                        facts.cluster().grants()))
                .orElse(List.of());
    }

    /** The extensions that serve, oldest first. */
    private List<ServingExtension> serving() {
        return extensions.values().stream()
                .filter(planned -> planned.facts().extension().getMetadata().getDeletionTimestamp() == null)
                .flatMap(planned -> planned.plan() instanceof ExtensionPlan.Proceed proceed
                        ? Stream.of(new ServingExtension(planned.facts().extension(), proceed))
                        : Stream.empty())
                .sorted(Comparator.comparing(ServingExtension::extension, Seniority.OLDEST_THEN_NAME))
                .toList();
    }

    private UrlClaims.Places places() {
        return new UrlClaims.Places(
                serving().stream()
                        .map(serving -> serving.listener(
                                facts.index().gateway(serving.plan().gateway())))
                        .toList(),
                facts.index()::namespaceLabels,
                facts.index()::routesNaming);
    }

    private static boolean isStaying(MCPServerRegistration registration) {
        return registration.getMetadata().getDeletionTimestamp() == null;
    }
}
