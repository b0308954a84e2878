package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** CRDs that the API server does not serve. */
final class KindsCheck implements Checkup.Check {
    KindsCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        Map<String, Set<String>> missing = new TreeMap<>();
        for (Class<? extends HasMetadata> kind : patient.cluster().kinds().keySet()) {
            patient.cluster()
                    .installedBy(kind)
                    .ifPresent(how -> missing.computeIfAbsent(how, _ -> new TreeSet<>())
                            .add(HasMetadata.getFullResourceName(kind)));
        }
        if (missing.isEmpty()) {
            return List.of(Finding.ok(Link.CRDS, "CRDs", "Gateway API, Istio and MCP gateway are installed"));
        }
        return missing.entrySet().stream()
                .map(entry -> Finding.broken(
                                Link.CRDS,
                                "CrdMissing",
                                "CRD " + String.join(", ", entry.getValue()),
                                "not installed: the API server does not serve it")
                        .fixedBy(entry.getKey()))
                .toList();
    }
}
