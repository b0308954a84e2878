package io.mcpgateway.controller.trace;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.mcpgateway.api.contract.reason.RoutedCall;
import io.mcpgateway.controller.doctor.checks.Entrances;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.LogLine;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.facts.TracedCall;
import io.mcpgateway.controller.doctor.reading.CallReading;
import io.mcpgateway.controller.doctor.reading.GatewayReading;
import io.mcpgateway.controller.doctor.reading.LogReading;
import io.mcpgateway.controller.doctor.reading.RouteReading;
import io.mcpgateway.controller.trace.answers.RequestLog;
import io.mcpgateway.controller.trace.answers.TraceReport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A cluster, with the user's rights.
 *
 * @param namespace of the extension whose gateway is meant; empty for any
 * @param url where clients reach the gateway; without it, its Pod is called
 */
record InCluster(KubernetesClient client, Optional<String> namespace, Optional<URI> url) implements Surroundings {
    /** Clocks of the cluster and of this machine may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final String NO_ACCESS_LINE =
            "access log: the logs of the Gateways' Pods have no line of this request; it is too old, or Istio writes none."
                    + " To see: kubectl get configmap istio -n istio-system -o yaml | grep accessLogFile;"
                    + " to switch it on: docs/trace.md#a-call-that-was-made";

    @Override
    public Part<TracedCall> call(CallReading.Call call) throws InterruptedException {
        if (url.isPresent()) {
            return Part.of(CallReading.of(url.get(), call));
        }
        GatewayReading gateways = new GatewayReading(client);
        return switch (gateways.entrances(namespace)) {
            case Part.Unreadable<List<Entrances.Entrance>>(Gap gap) -> new Part.Unreadable<>(gap);
            case Part.Read<List<Entrances.Entrance>>(var entrances)
            when entrances.size() == 1 -> gateways.call(entrances.getFirst(), call);
            case Part.Read<List<Entrances.Entrance>>(var entrances) -> new Part.Unreadable<>(choose(entrances));
        };
    }

    private static Gap choose(List<Entrances.Entrance> entrances) {
        return entrances.isEmpty()
                ? Gap.failed("gateway", "no MCPGatewayExtension is accepted; see: kubectl mcp doctor")
                : Gap.failed(
                        "gateway",
                        "there are several; choose one with -n or --url: "
                                + entrances.stream()
                                        .map(entrance -> "%s (%s)"
                                                .formatted(entrance.extension().namespace(), entrance.publicHost()))
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
    }

    @Override
    public Map<String, Part<RoutedCall>> routes(RoutedCall.Question question, Optional<String> claims)
            throws InterruptedException {
        return RouteReading.cluster(client, namespace, question, claims);
    }

    @Override
    public Logs logs(Set<String> wanted, Optional<Instant> since) throws InterruptedException {
        LogReading reading = new LogReading(client);
        Optional<Instant> from = since.map(start -> start.minus(SKEW));
        boolean audited = reading.hasAuditLog();
        Logs brokers = audited || since.isEmpty()
                ? Patience.until(since.isPresent(), () -> read(reading.brokers(wanted, from), wanted))
                : Logs.NONE;
        Set<String> ids = new HashSet<>(wanted);
        ids.addAll(brokers.log().requestIds());
        Logs envoys = read(reading.gateways(ids, from), ids);
        List<String> gaps = new ArrayList<>(brokers.gaps());
        if (audited || since.isEmpty()) {
            gaps.addAll(envoys.gaps());
        }
        if (since.isEmpty() && !audited && brokers.log().audits().isEmpty()) {
            gaps.add("audit log: no broker of today writes one to its Pod's log; see docs/audit.md");
        }
        if (since.isEmpty()
                && envoys.log().accesses().isEmpty()
                && envoys.gaps().isEmpty()) {
            gaps.add(NO_ACCESS_LINE);
        }
        return new Logs(brokers.log().and(envoys.log()), gaps);
    }

    private static Logs read(Map<String, Part<List<LogLine>>> read, Set<String> wanted) {
        List<LogLine> lines = read.values().stream()
                .flatMap(part -> part.found().stream())
                .flatMap(List::stream)
                .toList();
        List<String> gaps = read.values().stream()
                .flatMap(part -> part.missing().stream())
                .map(TraceReport::text)
                .toList();
        return new Logs(RequestLog.of(lines, wanted), gaps);
    }
}
