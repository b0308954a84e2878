package io.mcpgateway.controller.doctor.checks;

import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the user may not read. */
final class VisibilityCheck implements Checkup.Check {
    VisibilityCheck() {}

    @Override
    public List<Finding> of(Patient patient) {
        Stream<Gap> kinds = patient.cluster().kinds().values().stream()
                .map(ClusterView.Listing::gap)
                .flatMap(gap -> gap.stream());
        Stream<Gap> secrets =
                patient.facts().secrets().values().stream().map(Part::missing).flatMap(gap -> gap.stream());
        return Stream.concat(kinds, secrets)
                .distinct()
                .sorted(Comparator.comparing(Gap::what))
                .map(VisibilityCheck::finding)
                .toList();
    }

    static Finding finding(Gap gap) {
        return finding(Link.API_SERVER, gap);
    }

    /** @param link of the chain that was to be looked at */
    static Finding finding(Link link, Gap gap) {
        Finding unseen = Finding.unknown(link, "NotVisible", gap.what(), "cannot be seen: " + gap.reason());
        return gap.right()
                .map(right -> unseen.because("missing rule: " + right.rule()
                                + (right.namespace().isEmpty() ? "" : " in namespace " + right.namespace()))
                        .fixedBy(grant(right)))
                .orElse(unseen);
    }

    private static String grant(Gap.Right right) {
        String name = "mcp-doctor-" + right.resource().replace('/', '-');
        return right.namespace().isEmpty()
                ? "kubectl create clusterrole %s --verb=%s --resource=%s && kubectl create clusterrolebinding %s --clusterrole=%s --user=YOU"
                        .formatted(name, right.verb(), right.qualified(), name, name)
                : "kubectl create role %s -n %s --verb=%s --resource=%s && kubectl create rolebinding %s -n %s --role=%s --user=YOU"
                        .formatted(
                                name,
                                right.namespace(),
                                right.verb(),
                                right.qualified(),
                                name,
                                right.namespace(),
                                name);
    }
}
