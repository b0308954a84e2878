package io.mcpgateway.controller.trace.answers;

import io.mcpgateway.api.contract.reason.RoutedCall;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.facts.TracedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that is known of one call.
 *
 * @param requestId that it has, as far as known
 * @param call that was made; empty if only logs were looked at
 * @param log what logs say of it
 * @param routes what brokers would decide about it now
 * @param gaps what could not be seen
 */
public record TraceReport(
        String requestId, Optional<TracedCall> call, RequestLog log, List<Route> routes, List<String> gaps) {
    /**
     * A decision, and the brokers that agree on it.
     *
     * @param micros the longest time that one of them took for it
     */
    public record Route(RoutedCall call, List<String> sources, long micros) {
        public Route {
            Objects.requireNonNull(call, "call");
            sources = List.copyOf(sources);
        }
    }

    private static final int FAILED = 1;
    private static final int NOT_SEEN = 3;
    private static final int LOWEST_ERROR = 400;

    public TraceReport {
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(log, "log");
        routes = List.copyOf(routes);
        gaps = List.copyOf(gaps);
    }

    /** The same, with what each broker told. */
    public TraceReport with(Map<String, Part<RoutedCall>> told) {
        List<Route> all = new ArrayList<>(routes);
        List<String> unseen = new ArrayList<>(gaps);
        told.forEach((source, part) -> {
            part.found().ifPresent(found -> add(all, source, found));
            part.missing().map(TraceReport::text).ifPresent(unseen::add);
        });
        return new TraceReport(requestId, call, log, all, unseen);
    }

    private static void add(List<Route> all, String source, RoutedCall found) {
        for (int index = 0; index < all.size(); index++) {
            Route known = all.get(index);
            if (known.call().untimed().equals(found.untimed())) {
                List<String> sources = new ArrayList<>(known.sources());
                sources.add(source);
                all.set(index, new Route(known.call(), sources, Math.max(known.micros(), found.micros())));
                return;
            }
        }
        all.add(new Route(found, List.of(source), found.micros()));
    }

    /** What could not be seen, in one line. */
    public static String text(Gap gap) {
        return gap.what() + ": " + gap.reason()
                + gap.right()
                        .map(right -> "; add to your Role: " + right.rule())
                        .orElse("");
    }

    /** What the client learned, if a call was made. */
    Optional<Outcome> outcome() {
        return call.map(Outcome::of);
    }

    /** 0 the call gave a result or was let through, 1 it was refused or failed, 3 not enough is known. */
    public int exitCode() {
        Optional<Outcome> outcome = outcome();
        if (outcome.isPresent()) {
            if (outcome.get().kind() != Outcome.Kind.OK) {
                return FAILED;
            }
            return routes.isEmpty() && log.audits().isEmpty() ? NOT_SEEN : 0;
        }
        if (log.audits().isEmpty() && log.accesses().isEmpty()) {
            return NOT_SEEN;
        }
        boolean failed = log.audits().stream().anyMatch(audit -> !audit.passed())
                || log.accesses().stream().anyMatch(access -> access.status() == 0 || access.status() >= LOWEST_ERROR);
        return failed ? FAILED : 0;
    }
}
