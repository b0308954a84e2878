package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The report at the end. */
final class StrangersReport {
    private static final String NOT_OFFERED = "lacks";
    private static final String LEGEND =
            NOT_OFFERED + ": not offered by the client; n/a: the pair cannot do it without the"
                    + " gateway either; -: not part of this run, or the server does not have it";

    private final Plan plan;
    private final List<StrangerClient> clients;
    private final Map<Way, Map<String, Outcome>> seen;
    private final List<String> failures = new ArrayList<>();
    private int passed;
    private int notOffered;

    StrangersReport(Plan plan, List<StrangerClient> clients, Map<Way, Map<String, Outcome>> seen) {
        this.plan = plan;
        this.clients = List.copyOf(clients);
        this.seen = seen;
    }

    int failed() {
        return failures.size();
    }

    /** A table for each way through the gateway, then the failures and the totals. */
    List<String> lines() {
        failures.clear();
        passed = 0;
        notOffered = 0;
        Set<String> scenarios = new LinkedHashSet<>();
        plan.servers()
                .forEach(server -> server.steps()
                        .forEach(step -> scenarios.add(step.path("scenario").asText())));
        List<String> lines = new ArrayList<>();
        for (Way way : List.of(Way.BUILTIN, Way.ENVOY)) {
            StringBuilder head = new StringBuilder(padded(way.label(), 33));
            scenarios.forEach(scenario -> head.append(padded(scenario, width(scenario))));
            lines.add(head.toString().stripTrailing());
            for (StrangerClient client : clients) {
                for (Plan.Server server : plan.servers()) {
                    if (!plan.steps(client.label(), server).isEmpty()) {
                        lines.add(row(way, client.label(), server, scenarios));
                    }
                }
            }
            lines.add("");
        }
        lines.add(LEGEND);
        failures.forEach(failure -> lines.add("FAILED " + failure));
        lines.add(passed + " passed, " + failures.size() + " failed"
                + (notOffered == 0 ? "" : ", " + notOffered + " not offered"));
        return lines;
    }

    private String row(Way way, String client, Plan.Server server, Set<String> scenarios) {
        StringBuilder line = new StringBuilder(padded(client, 12) + " " + padded(server.name(), 20));
        List<ObjectNode> steps = plan.steps(client, server);
        for (String scenario : scenarios) {
            String word = steps.stream()
                    .filter(step -> step.path("scenario").asText().equals(scenario))
                    .findFirst()
                    .map(step -> word(way, client, server, step))
                    .orElse("-");
            line.append(padded(word, width(scenario)));
        }
        return line.toString().stripTrailing();
    }

    private String word(Way way, String client, Plan.Server server, ObjectNode step) {
        String key = Plan.key(client, server.name(), step.path("scenario").asText());
        boolean impossible = plan.impossible(key);
        boolean lacking = plan.lacking(key);
        return switch (outcome(Way.DIRECT, key)) {
            case Outcome.NotOffered direct
            when lacking -> {
                notOffered++;
                yield NOT_OFFERED;
            }
            case Outcome.NotOffered direct -> failed(way, key, "not on the list notOffered: " + direct.why());
            case Outcome.Refused direct when impossible -> "n/a";
            case Outcome.Refused direct -> failed(way, key, "not even without the gateway: " + direct.why());
            case Outcome.Seen direct
            when impossible -> failed(way, key, "works without the gateway: remove it from the list withoutUs");
            case Outcome.Seen direct
            when lacking -> failed(way, key, "the client can do it: remove it from the list notOffered");
            case Outcome.Seen direct -> compared(way, key, server, step, direct);
        };
    }

    private String compared(Way way, String key, Plan.Server server, ObjectNode step, Outcome.Seen direct) {
        Optional<String> problem = switch (outcome(way, key)) {
            case Outcome.NotOffered through -> Optional.of("expected a response, got " + through.why());
            case Outcome.Refused through -> Optional.of("expected a response, got " + through.why());
            case Outcome.Seen through ->
                Comparison.difference(step, server.prefix(), direct.result(), through.result());
        };
        if (problem.isPresent()) {
            return failed(way, key, problem.get());
        }
        passed++;
        return "ok";
    }

    private String failed(Way way, String key, String why) {
        failures.add(way.label() + " " + key + ": " + why);
        return "FAILED";
    }

    private Outcome outcome(Way way, String key) {
        return Objects.requireNonNull(seen.get(way))
                .getOrDefault(key, new Outcome.Refused("the client printed nothing"));
    }

    private static int width(String scenario) {
        return Math.max(7, scenario.length() + 1);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
