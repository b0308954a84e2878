package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What people read at the end. */
final class StrangersReport {
    private final Plan plan;
    private final List<StrangerClient> clients;
    private final Map<Way, Map<String, Outcome>> seen;
    private final List<String> failures = new ArrayList<>();
    private int passed;

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
        Set<String> scenarios = new LinkedHashSet<>();
        plan.servers()
                .forEach(server -> server.steps()
                        .forEach(step -> scenarios.add(step.path("scenario").asText())));
        List<String> lines = new ArrayList<>();
        for (Way way : List.of(Way.BUILTIN, Way.ENVOY)) {
            StringBuilder head = new StringBuilder(padded(way.label(), 25));
            scenarios.forEach(scenario -> head.append(padded(scenario, width(scenario))));
            lines.add(head.toString().stripTrailing());
            for (StrangerClient client : clients) {
                for (Plan.Server server : plan.servers()) {
                    lines.add(row(way, client.label(), server, scenarios));
                }
            }
            lines.add("");
        }
        failures.forEach(failure -> lines.add("FAILED " + failure));
        lines.add(passed + " passed, " + failures.size() + " failed");
        return lines;
    }

    private String row(Way way, String client, Plan.Server server, Set<String> scenarios) {
        StringBuilder line = new StringBuilder(padded(client, 12) + " " + padded(server.name(), 12));
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
        Outcome direct = outcome(Way.DIRECT, key);
        boolean impossible = plan.impossible(key);
        if (direct instanceof Outcome.Refused refused) {
            if (impossible) {
                return "n/a";
            }
            failures.add(way.label() + " " + key + ": not even without the gateway: " + refused.why());
            return "FAILED";
        }
        if (impossible) {
            failures.add(way.label() + " " + key + ": works without the gateway: take it off the list withoutUs");
            return "FAILED";
        }
        Optional<String> problem = switch (outcome(way, key)) {
            case Outcome.Refused refused -> Optional.of("expected an answer, seen " + refused.why());
            case Outcome.Seen through ->
                Comparison.difference(step, server.prefix(), ((Outcome.Seen) direct).result(), through.result());
        };
        if (problem.isPresent()) {
            failures.add(way.label() + " " + key + ": " + problem.get());
            return "FAILED";
        }
        passed++;
        return "ok";
    }

    private Outcome outcome(Way way, String key) {
        return Objects.requireNonNull(seen.get(way)).getOrDefault(key, new Outcome.Refused("the client said nothing"));
    }

    private static int width(String scenario) {
        return Math.max(7, scenario.length() + 1);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
