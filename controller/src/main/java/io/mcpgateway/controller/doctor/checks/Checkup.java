package io.mcpgateway.controller.doctor.checks;

import io.mcpgateway.controller.doctor.facts.Facts;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.doctor.findings.Verdict;
import java.util.ArrayList;
import java.util.List;

/** All checks of a cluster, in the order of the chain. */
public final class Checkup {
    /** Looks at one link of the chain. */
    interface Check {
        List<Finding> of(Patient patient);
    }

    private static final List<Check> CHECKS = List.of(
            new VisibilityCheck(),
            new KindsCheck(),
            new IstioCheck(),
            new ControllerCheck(),
            new GatewayCheck(),
            new ExtensionCheck(),
            new BrokerCheck(),
            new BrokerRouteCheck(),
            new EnvoyFilterCheck(),
            new RegistrationCheck(),
            new ServerCheck(),
            new ExternalServerCheck(),
            new DiscoveryCheck(),
            new VirtualServerCheck(),
            new AuthorizationCheck(),
            new CallCheck());

    private Checkup() {}

    public static List<Finding> of(Facts facts) {
        List<Finding> api = apiServer(facts.apiServer());
        if (api.stream().anyMatch(finding -> finding.verdict() == Verdict.BROKEN)) {
            return api;
        }
        Patient patient = Patient.of(facts);
        List<Finding> findings = new ArrayList<>(api);
        CHECKS.forEach(check -> findings.addAll(check.of(patient)));
        return List.copyOf(findings);
    }

    private static List<Finding> apiServer(Facts.ApiServer server) {
        String subject = "API server " + server.url();
        return List.of(server.version()
                .missing()
                .map(
                        gap -> Finding.broken(Link.API_SERVER, "ApiServerUnreachable", subject, gap.reason())
                                .fixedBy(
                                        "kubectl cluster-info   # the same kubeconfig and context; see --kubeconfig and --context"))
                .orElseGet(() -> Finding.ok(
                        Link.API_SERVER,
                        subject,
                        "answers, version " + server.version().found().orElse("unknown"))));
    }
}
