package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.doctor.facts.CallReport;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.objects.Policies;
import io.mcpgateway.controller.gatewayapi.Listeners;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Login: policies at the Gateways of our extensions, the OAuth metadata, what a client without a token is told. */
final class AuthorizationCheck implements Checkup.Check {
    private static final int TOO_MANY_REQUESTS = 429;

    AuthorizationCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        Policies.of(patient.cluster()).forEach(policy -> policy(patient, policy).ifPresent(findings::add));
        for (MCPGatewayExtension extension : patient.extensions()) {
            Part<CallReport> call = patient.facts().calls().get(ObjectKey.of(extension));
            if (call != null) {
                call.found()
                        .flatMap(report -> metadata(patient, extension, report))
                        .ifPresent(findings::add);
                call.found().flatMap(report -> challenge(extension, report)).ifPresent(findings::add);
            }
        }
        return List.copyOf(findings);
    }

    private static Optional<Finding> policy(Patient patient, Policies.Policy policy) {
        String subject = policy.kind() + " " + policy.key();
        String describe = "kubectl describe %s %s -n %s"
                .formatted(
                        policy.kind().toLowerCase(java.util.Locale.ROOT),
                        policy.key().name(),
                        policy.key().namespace());
        if (policy.refusal().isPresent()) {
            return Optional.of(
                    Finding.broken(Link.AUTHORIZATION, "PolicyNotAccepted", subject, "the policy has no effect")
                            .because(policy.refusal())
                            .fixedBy(describe));
        }
        for (Policies.Target target : policy.targets()) {
            ObjectKey key = new ObjectKey(policy.key().namespace(), target.name());
            Optional<String> problem = switch (target.kind()) {
                case "Gateway" -> gateway(patient, key, target.sectionName());
                case "HTTPRoute" ->
                    patient.cluster().sees(HTTPRoute.class, key.namespace())
                                    && patient.cluster()
                                            .find(HTTPRoute.class, key)
                                            .isEmpty()
                            ? Optional.of("HTTPRoute " + key + ", which does not exist")
                            : Optional.empty();
                default -> Optional.empty();
            };
            if (problem.isPresent()) {
                return Optional.of(Finding.broken(
                                Link.AUTHORIZATION,
                                "PolicyWithoutTarget",
                                subject,
                                "the policy has no effect: its targetRef names " + problem.get())
                        .fixedBy(describe.replace("describe", "edit") + "   # correct its targetRef"));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> gateway(Patient patient, ObjectKey key, Optional<String> section) {
        if (!patient.cluster().sees(Gateway.class, key.namespace())) {
            return Optional.empty();
        }
        Optional<Gateway> gateway = patient.cluster().find(Gateway.class, key);
        if (gateway.isEmpty()) {
            return Optional.of("Gateway " + key + ", which does not exist");
        }
        return section.filter(name ->
                        Listeners.of(gateway.get()).stream().noneMatch(listener -> name.equals(listener.getName())))
                .map(name -> "listener %s of Gateway %s, which does not exist".formatted(name, key));
    }

    private static Optional<Finding> metadata(Patient patient, MCPGatewayExtension extension, CallReport report) {
        Optional<CallReport.Step> step = report.step(CallReport.METADATA);
        // A rate limit meets the call itself as well, and is told of there.
        if (!isConfigured(patient, extension) || step.isEmpty() || step.get().status() == TOO_MANY_REQUESTS) {
            return Optional.empty();
        }
        String subject = "MCPGatewayExtension " + ObjectKey.of(extension);
        if (step.get().status() == 200) {
            return Optional.of(Finding.ok(Link.AUTHORIZATION, subject, "its OAuth metadata is served"));
        }
        boolean refused = step.get().status() == 401 || step.get().status() == 403;
        return Optional.of(Finding.broken(
                        Link.AUTHORIZATION,
                        "OAuthMetadataNotServed",
                        subject,
                        "clients cannot find out where to log in: GET %s answers %s"
                                .formatted(
                                        BrokerLaunch.PROTECTED_RESOURCE_PATH,
                                        step.get()
                                                .problem()
                                                .orElse("HTTP " + step.get().status())))
                .because(
                        refused
                                ? Optional.of(
                                        "a policy asks for a token there; it has to leave out paths below /.well-known")
                                : Optional.empty())
                .fixedBy(
                        refused
                                ? "kubectl get requestauthentication,authorizationpolicy -A; kubectl get authpolicy -A"
                                : "kubectl get httproute %s -n %s -o yaml   # has it a rule for %s?"
                                        .formatted(
                                                ObjectNames.ROUTE,
                                                extension.getMetadata().getNamespace(),
                                                BrokerLaunch.PROTECTED_RESOURCE_PATH)));
    }

    private static boolean isConfigured(Patient patient, MCPGatewayExtension extension) {
        return (extension.getSpec() != null && extension.getSpec().oauthProtectedResource() != null)
                || patient
                        .cluster()
                        .find(
                                Deployment.class,
                                new ObjectKey(extension.getMetadata().getNamespace(), ObjectNames.BROKER))
                        .stream()
                        .filter(deployment -> deployment.getSpec() != null
                                && deployment.getSpec().getTemplate() != null
                                && deployment.getSpec().getTemplate().getSpec() != null)
                        .flatMap(deployment -> Objects.requireNonNullElse(
                                deployment.getSpec().getTemplate().getSpec().getContainers(), List.<Container>of())
                                .stream())
                        .flatMap(container -> container.getEnv() == null
                                ? java.util.stream.Stream.empty()
                                : container.getEnv().stream())
                        .anyMatch(variable -> BrokerLaunch.ENV_OAUTH_AUTHORIZATION_SERVERS.equals(variable.getName()));
    }

    private static Optional<Finding> challenge(MCPGatewayExtension extension, CallReport report) {
        return report.step(CallReport.INITIALIZE)
                .filter(step -> step.status() == 401 && !step.headers().containsKey("www-authenticate"))
                .map(
                        _ -> Finding.warning(
                                        Link.AUTHORIZATION,
                                        "ChallengeMissing",
                                        "MCPGatewayExtension " + ObjectKey.of(extension),
                                        "clients without a token get 401 without WWW-Authenticate, so they do not learn where to log in")
                                .fixedBy(
                                        "kubectl get authpolicy -A -o yaml   # response.unauthenticated.headers must have WWW-Authenticate"));
    }
}
