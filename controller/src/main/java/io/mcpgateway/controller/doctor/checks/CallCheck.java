package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.contract.reason.ServerReach;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.doctor.facts.CallReport;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.findings.Verdict;
import io.mcpgateway.controller.doctor.network.CallWay;
import io.mcpgateway.controller.doctor.objects.Answers;
import io.mcpgateway.controller.doctor.objects.Interference;
import io.mcpgateway.controller.doctor.objects.Remedies;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.gatewayapi.Hostnames;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.references.References;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real client's first requests through the gateway, and the certificate that it is shown. */
final class CallCheck implements Checkup.Check {
    private static final int MOST_SUSPECTS = 3;

    CallCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        for (MCPGatewayExtension extension : patient.extensions()) {
            Part<CallReport> part = patient.facts().calls().get(ObjectKey.of(extension));
            switch (part) {
                case null -> {}
                case Part.Unreadable<CallReport> unreadable ->
                    findings.add(VisibilityCheck.finding(Link.CALL, unreadable.gap()));
                case Part.Read<CallReport>(CallReport report) -> {
                    patient.accepted(extension)
                            .map(ExtensionPlan.Proceed::publicHost)
                            .flatMap(host ->
                                    certificate(report, host, patient.facts().now()))
                            .ifPresent(findings::add);
                    Finding finding = finding(report, Remedies.IN_CLUSTER);
                    findings.add(patient.accepted(extension)
                            .map(plan -> suspecting(patient.cluster(), plan.gateway(), finding))
                            .orElse(finding));
                }
            }
        }
        findings.addAll(ways(patient));
        return List.copyOf(findings);
    }

    /** Of every server that was tried: the broker reaches it as calls do, or not. */
    private static List<Finding> ways(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        int reached = 0;
        int refused = 0;
        for (MCPServerRegistration registration : patient.stayingRegistrations()) {
            ObjectKey key = ObjectKey.of(registration);
            ServerReach reach = patient.facts().reaches().get(key);
            if (reach != null) {
                Optional<HTTPRoute> route = References.route(registration)
                        .flatMap(name -> patient.cluster().find(HTTPRoute.class, name));
                CallWay.problem(patient.cluster(), key, route, reach).ifPresent(findings::add);
                reached += reach.outcome().equals(ServerReach.REACHED) ? 1 : 0;
                refused += reach.outcome().equals(ServerReach.REFUSED) ? 1 : 0;
            }
        }
        if (reached > 0) {
            findings.add(Finding.ok(
                    Link.CALL,
                    "MCP servers",
                    "requests get through the Gateway to %d of %d that were tried%s"
                            .formatted(
                                    reached,
                                    patient.facts().reaches().size(),
                                    refused == 0
                                            ? ""
                                            : "; %d of them ask for a caller's credential".formatted(refused))));
        }
        return findings;
    }

    /** What fails at a Gateway may be what others have put there. Nobody can tell by looking at it, so it is only named. */
    private static Finding suspecting(ClusterView cluster, ObjectKey gateway, Finding finding) {
        if (finding.verdict() != Verdict.BROKEN) {
            return finding;
        }
        Stream<? extends HasMetadata> policies = finding.reason().equals(Answers.FORBIDDEN)
                ? Interference.policies(cluster, gateway).stream()
                : Stream.empty();
        List<HasMetadata> suspects = Stream.<HasMetadata>concat(
                        policies, Interference.filters(cluster, gateway).stream())
                .toList();
        if (suspects.isEmpty()) {
            return finding;
        }
        String names = suspects.stream()
                .map(suspect -> suspect.getKind() + " " + ObjectKey.of(suspect))
                .collect(Collectors.joining(", "));
        String show = suspects.stream()
                .map(suspect -> "kubectl get %s %s -n %s -o yaml"
                        .formatted(
                                suspect.getKind().toLowerCase(Locale.ROOT),
                                suspect.getMetadata().getName(),
                                suspect.getMetadata().getNamespace()))
                .limit(MOST_SUSPECTS)
                .collect(Collectors.joining("; "));
        return finding.suspecting(
                "%s at this Gateway may be the cause".formatted(names),
                show + "   # what does it do with such a request?");
    }

    private static Optional<Finding> certificate(CallReport report, String host, Instant now) {
        return report.certificate().flatMap(certificate -> {
            String subject = "Certificate of " + host;
            String fix =
                    "kubectl get secret -A --field-selector type=kubernetes.io/tls   # renew the one of the Gateway's listener";
            if (certificate.notAfter().isBefore(now) || certificate.notBefore().isAfter(now)) {
                return Optional.of(Finding.broken(
                                Link.TLS,
                                "CertificateNotValid",
                                subject,
                                "it is not valid now, but from %s to %s"
                                        .formatted(certificate.notBefore(), certificate.notAfter()))
                        .fixedBy(fix));
            }
            boolean named = certificate.names().stream()
                    .anyMatch(name -> name.equalsIgnoreCase(host)
                            || (Hostnames.isWildcard(name)
                                    && Hostnames.intersect(name, host)
                                    && name.chars()
                                                    .filter(character -> character == '.')
                                                    .count()
                                            == host.chars()
                                                    .filter(character -> character == '.')
                                                    .count()));
            return named
                    ? Optional.<Finding>empty()
                    : Optional.of(Finding.broken(
                                    Link.TLS,
                                    "CertificateForOtherHost",
                                    subject,
                                    "it is only valid for " + String.join(", ", certificate.names()))
                            .fixedBy(fix));
        });
    }

    /** The first step that failed, or that all went well. */
    static Finding finding(CallReport report, Remedies remedies) {
        String subject = "POST " + report.url();
        for (CallReport.Step step : report.steps()) {
            Optional<Finding> problem = step.name().equals(CallReport.METADATA)
                    ? Optional.empty()
                    : Answers.problem(step, subject, remedies);
            if (problem.isPresent()) {
                return problem.get();
            }
            if (!step.name().equals(CallReport.METADATA) && step.status() == 401) {
                return report.token()
                        .map(token -> refused(step, subject, token, remedies))
                        .orElseGet(() -> Finding.ok(
                                Link.CALL,
                                subject,
                                "asks for a token (401), as a policy wants; no call was made without one;"
                                        + " --token-file makes one"));
            }
        }
        return Finding.ok(
                Link.CALL,
                subject,
                "answers %s%s; tools: %d"
                        .formatted(
                                report.token().isPresent() ? "the caller of the token: " : "",
                                report.steps().stream()
                                        .map(CallReport.Step::name)
                                        .filter(name -> !name.equals(CallReport.METADATA))
                                        .collect(Collectors.joining(", ")),
                                report.step(CallReport.LIST).map(Answers::tools).orElse(0)));
    }

    private static Finding refused(CallReport.Step step, String subject, CallReport.Token token, Remedies remedies) {
        Finding finding = Finding.broken(
                Link.AUTHORIZATION, "TokenRefused", subject, step.name() + ": 401, the token is refused");
        String challenge = step.headers().getOrDefault("www-authenticate", "");
        if (!challenge.isEmpty()) {
            finding = finding.because("WWW-Authenticate: " + challenge);
        }
        finding = token.issuer().isEmpty()
                ? finding.because("the token names no issuer, or is no JWT")
                : finding.because("the token is of issuer %s%s%s"
                        .formatted(
                                token.issuer(),
                                token.audience().isEmpty() ? ", for no audience" : ", for audience " + token.audience(),
                                token.expires().isEmpty() ? "" : "; it " + token.expires()));
        return finding.fixedBy(remedies.tokenRefused());
    }
}
