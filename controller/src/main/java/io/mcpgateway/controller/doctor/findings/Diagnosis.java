package io.mcpgateway.controller.doctor.findings;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All findings: broken ones first, then warnings, then what could not be seen, then what is in order, each in the order
 * of the chain.
 *
 * @param took how long looking took
 */
public record Diagnosis(List<Finding> findings, Duration took) {
    private static final List<Verdict> WORST_FIRST =
            List.of(Verdict.BROKEN, Verdict.WARNING, Verdict.UNKNOWN, Verdict.OK);

    public Diagnosis {
        Objects.requireNonNull(took, "took");
        findings = findings.stream()
                .sorted(Comparator.<Finding>comparingInt(finding -> WORST_FIRST.indexOf(finding.verdict()))
                        .thenComparing(Finding::link))
                .toList();
    }

    public List<Finding> of(Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).toList();
    }

    /** The first broken link of the chain. */
    public Optional<Finding> cause() {
        return of(Verdict.BROKEN).stream().findFirst();
    }

    /** 1 if something is broken, 3 if not, but something could not be seen, else 0. Warnings do not count. */
    public int exitCode() {
        if (cause().isPresent()) {
            return 1;
        }
        return of(Verdict.UNKNOWN).isEmpty() ? 0 : 3;
    }
}
