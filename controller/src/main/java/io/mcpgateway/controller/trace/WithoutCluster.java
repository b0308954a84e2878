package io.mcpgateway.controller.trace;

import io.mcpgateway.api.contract.reason.RoutedCall;
import io.mcpgateway.controller.doctor.facts.LogLine;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.facts.TracedCall;
import io.mcpgateway.controller.doctor.reading.CallReading;
import io.mcpgateway.controller.doctor.reading.LogReading;
import io.mcpgateway.controller.doctor.reading.RouteReading;
import io.mcpgateway.controller.trace.answers.RequestLog;
import io.mcpgateway.controller.trace.answers.TraceReport;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A gateway that runs with a config.yaml, or only a log of one.
 *
 * @param url where clients reach the gateway
 * @param broker the broker's own address; empty if only a log is looked at
 * @param log file of its audit log or of Envoy's access log; {@code -} is standard input
 */
record WithoutCluster(URI url, Optional<URI> broker, Optional<String> log) implements Surroundings {
    @Override
    public Part<TracedCall> call(CallReading.Call call) throws InterruptedException {
        return Part.of(CallReading.of(url, call));
    }

    @Override
    public Map<String, Part<RoutedCall>> routes(RoutedCall.Question question, Optional<String> claims)
            throws InterruptedException {
        return broker.isPresent() ? RouteReading.standalone(broker.get(), question, claims) : Map.of();
    }

    @Override
    public Logs logs(Set<String> wanted, Optional<Instant> since) throws InterruptedException {
        return log.isPresent() ? Patience.until(since.isPresent(), () -> read(log.get(), wanted)) : Logs.NONE;
    }

    private static Logs read(String file, Set<String> wanted) {
        Part<List<LogLine>> lines = LogReading.file(file, wanted, System.in);
        return new Logs(
                RequestLog.of(lines.found().orElse(List.of()), wanted),
                lines.missing().map(TraceReport::text).stream().toList());
    }
}
