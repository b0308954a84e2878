package io.mcpgateway.controller.doctor.checks;

import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterEnvoyConfigObjectMatchListener;
import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterEnvoyConfigObjectPatch;
import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.envoy.FilterChain;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.desired.ExtProcEnvoyFilter;
import io.mcpgateway.controller.desired.ExtensionOwner;
import io.mcpgateway.controller.desired.GatewayListener;
import io.mcpgateway.controller.doctor.facts.EnvoyReport;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.objects.Interference;
import io.mcpgateway.controller.doctor.objects.Labels;
import io.mcpgateway.controller.drift.Drift;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.translation.TranslatedExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The EnvoyFilter of each accepted extension: present, as the controller writes it, and run by Envoy. */
final class EnvoyFilterCheck implements Checkup.Check {
    private static final String REVISION = "istio.io/rev";
    private static final String NO_REVISION = "none";

    EnvoyFilterCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        for (MCPGatewayExtension extension : patient.extensions()) {
            if (patient.plan(extension).orElse(null) instanceof TranslatedExtension.Accepted accepted
                    && patient.cluster()
                            .sees(EnvoyFilter.class, accepted.plan().gateway().namespace())) {
                findings.add(finding(patient, extension, accepted));
                findings.addAll(doubles(patient, extension, accepted.plan()));
            }
        }
        return List.copyOf(findings);
    }

    /** Each request would go through the router twice: what it has rewritten for the server is judged again. */
    private static List<Finding> doubles(Patient patient, MCPGatewayExtension extension, ExtensionPlan.Proceed plan) {
        String namespace = extension.getMetadata().getNamespace();
        return Interference.filters(patient.cluster(), plan.gateway()).stream()
                .filter(filter -> Interference.runsRouter(filter, namespace))
                .map(ObjectKey::of)
                .map(key -> Finding.broken(
                                Link.ENVOY_FILTER,
                                "EnvoyFilterTwice",
                                "EnvoyFilter " + key,
                                "it sends requests to the router of MCPGatewayExtension %s once more, so calls fail; is it a copy, or left of another installation?"
                                        .formatted(ObjectKey.of(extension)))
                        .because("the controller's own is EnvoyFilter %s/%s"
                                .formatted(plan.gateway().namespace(), ObjectNames.envoyFilter(namespace)))
                        .fixedBy("kubectl delete envoyfilter %s -n %s".formatted(key.name(), key.namespace())))
                .toList();
    }

    private static Finding finding(
            Patient patient, MCPGatewayExtension extension, TranslatedExtension.Accepted accepted) {
        ExtensionOwner owner = ExtensionOwner.of(extension);
        ExtensionPlan.Proceed plan = accepted.plan();
        ObjectKey key = new ObjectKey(plan.gateway().namespace(), ObjectNames.envoyFilter(owner.namespace()));
        String subject = "EnvoyFilter " + key;
        Optional<EnvoyFilter> live =
                patient.cluster().find(EnvoyFilter.class, key).filter(filter -> ExtProcEnvoyFilter.isOf(filter, owner));
        String log = "kubectl logs -n mcp-system -l app=mcp-controller --tail=20";
        if (live.isEmpty()) {
            String elsewhere = patient.cluster().all(EnvoyFilter.class).stream()
                    .filter(filter -> ExtProcEnvoyFilter.isOf(filter, owner))
                    .map(filter -> "; there is one in namespace "
                            + filter.getMetadata().getNamespace() + ", where it has no effect")
                    .findFirst()
                    .orElse("");
            return Finding.broken(
                            Link.ENVOY_FILTER,
                            "EnvoyFilterMissing",
                            subject,
                            "the EnvoyFilter is not in the Gateway's namespace, so calls pass by the router; the"
                                    + " controller has to create it" + elsewhere)
                    .fixedBy(log);
        }
        EnvoyFilter desired = ExtProcEnvoyFilter.desired(owner, listener(patient, plan), accepted.filterScope());
        if (Drift.between(live.get(), desired).isPresent()) {
            return differs(live.get(), desired, subject, plan);
        }
        return inEnvoy(patient, ObjectKey.of(extension), subject, plan);
    }

    /** Another version of the controller may write other filters; another port, Gateway or revision is always wrong. */
    private static Finding differs(EnvoyFilter live, EnvoyFilter desired, String subject, ExtensionPlan.Proceed plan) {
        ObjectKey key = ObjectKey.of(live);
        boolean elsewhere = !ports(live).equals(ports(desired))
                || !selected(live).equals(selected(desired))
                || !revision(live).equals(revision(desired));
        String log = "kubectl logs -n mcp-system -l app=mcp-controller --tail=20";
        String anew = "kubectl delete envoyfilter %s -n %s   # the controller creates it anew"
                .formatted(key.name(), key.namespace());
        if (!elsewhere) {
            return Finding.warning(
                            Link.ENVOY_FILTER,
                            "EnvoyFilterDiffers",
                            subject,
                            "somebody has changed it, or the controller is of another version than doctor")
                    .fixedBy(log)
                    .fixedBy(anew);
        }
        return Finding.broken(
                        Link.ENVOY_FILTER,
                        "EnvoyFilterDiffers",
                        subject,
                        "it is not for listener %s (port %d) of Gateway %s, revision %s"
                                .formatted(plan.listener().getName(), plan.port(), plan.gateway(), revision(desired)))
                .because("it is for port %s, revision %s".formatted(ports(live), revision(live)))
                .fixedBy(log)
                .fixedBy(anew);
    }

    private static Map<String, String> selected(EnvoyFilter filter) {
        return filter.getSpec() == null
                        || filter.getSpec().getWorkloadSelector() == null
                        || filter.getSpec().getWorkloadSelector().getLabels() == null
                ? Map.of()
                : filter.getSpec().getWorkloadSelector().getLabels();
    }

    private static String revision(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.<String, String>of())
                .getOrDefault(REVISION, NO_REVISION);
    }

    private static Finding inEnvoy(Patient patient, ObjectKey extension, String subject, ExtensionPlan.Proceed plan) {
        Part<EnvoyReport> part = patient.facts().envoys().get(extension);
        if (part == null) {
            return Finding.ok(Link.ENVOY_FILTER, subject, "present; what Envoy runs was not looked at");
        }
        return switch (part) {
            case Part.Unreadable<EnvoyReport> unreadable ->
                VisibilityCheck.finding(Link.ENVOY_FILTER, unreadable.gap());
            case Part.Read<EnvoyReport>(EnvoyReport report) -> inEnvoy(patient, report, subject, plan);
        };
    }

    /** The label of a Gateway, if no istiod that can be seen has this revision. Tags of revisions are not seen. */
    private static Optional<Finding> unservedRevision(Patient patient, String subject, ExtensionPlan.Proceed plan) {
        ObjectKey gateway = plan.gateway();
        Set<String> revisions = patient.cluster().all(Deployment.class).stream()
                .filter(Labels::isIstiod)
                .map(EnvoyFilterCheck::revision)
                .filter(revision -> !revision.equals(NO_REVISION))
                .collect(Collectors.toCollection(TreeSet::new));
        return patient.cluster()
                .find(Gateway.class, gateway)
                .map(EnvoyFilterCheck::revision)
                .filter(revision ->
                        !revision.equals(NO_REVISION) && !revisions.isEmpty() && !revisions.contains(revision))
                .map(revision -> Finding.broken(
                                Link.ENVOY_FILTER,
                                "EnvoyHasNoFilter",
                                subject,
                                "Envoy does not run it on port %d: Gateway %s is for revision %s of Istio (label %s), and there is only %s"
                                        .formatted(
                                                plan.port(), gateway, revision, REVISION, String.join(", ", revisions)))
                        .fixedBy("kubectl label gateway %s -n %s %s-   # or set it to a revision that exists"
                                .formatted(gateway.name(), gateway.namespace(), REVISION)));
    }

    private static Finding inEnvoy(Patient patient, EnvoyReport report, String subject, ExtensionPlan.Proceed plan) {
        String restart = "kubectl rollout restart deployment -n %s -l %s=%s"
                .formatted(
                        plan.gateway().namespace(),
                        GatewayCheck.GATEWAY_NAME,
                        plan.gateway().name());
        if (report.refusal().isPresent()) {
            return Finding.broken(
                            Link.ENVOY_FILTER,
                            "EnvoyRefusesListener",
                            subject,
                            "Envoy refuses the newest configuration of port " + plan.port() + ": "
                                    + report.refusal().get())
                    .fixedBy("kubectl logs -n istio-system -l app=istiod --tail=50 | grep -i 'rejected\\|NACK'")
                    .fixedBy("kubectl get envoyfilter -n %s   # does another one interfere?"
                            .formatted(plan.gateway().namespace()));
        }
        if (!report.present()) {
            return Finding.broken(
                            Link.ENVOY_FILTER,
                            "EnvoyHasNoListener",
                            subject,
                            "Envoy has no listener on port %d: it has not got its configuration from istiod"
                                    .formatted(plan.port()))
                    .fixedBy(restart);
        }
        if (!report.filters().contains(FilterChain.EXT_PROC)) {
            Optional<Finding> unserved = unservedRevision(patient, subject, plan);
            if (unserved.isPresent()) {
                return unserved.get();
            }
            return Finding.broken(
                            Link.ENVOY_FILTER,
                            "EnvoyHasNoFilter",
                            subject,
                            "the EnvoyFilter exists, but Envoy does not run it on port %d: istiod has not taken it (its revision: label %s)"
                                    .formatted(plan.port(), REVISION))
                    .because("filters there: " + String.join(", ", report.filters()))
                    .fixedBy(restart)
                    .fixedBy("kubectl logs -n istio-system -l app=istiod --tail=50 | grep -i envoyfilter");
        }
        return Finding.ok(Link.ENVOY_FILTER, subject, "present, and Envoy runs it on port " + plan.port());
    }

    private static GatewayListener listener(Patient patient, ExtensionPlan.Proceed plan) {
        return new GatewayListener(
                plan.gateway().namespace(),
                plan.gateway().name(),
                plan.listener().getName(),
                plan.port(),
                patient.cluster()
                        .find(Gateway.class, plan.gateway())
                        .map(gateway -> gateway.getMetadata().getLabels())
                        .map(labels -> labels.get(REVISION)));
    }

    private static String ports(EnvoyFilter filter) {
        if (filter.getSpec() == null || filter.getSpec().getConfigPatches() == null) {
            return "none";
        }
        Set<String> ports = new TreeSet<>();
        for (EnvoyFilterEnvoyConfigObjectPatch patch : filter.getSpec().getConfigPatches()) {
            if (patch.getMatch() != null
                    && patch.getMatch().getObjectTypes() instanceof EnvoyFilterEnvoyConfigObjectMatchListener match
                    && match.getListener() != null) {
                ports.add(String.valueOf(match.getListener().getPortNumber()));
            }
        }
        return ports.isEmpty() ? "none" : String.join(", ", ports);
    }
}
