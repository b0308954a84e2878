package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The report at the end. */
final class StrangersReport {
    private static final String OK = "ok";
    private static final String FAILED = "FAILED";
    private static final String NOT_OFFERED = "lacks";
    private static final String WITHOUT_US = "n/a";
    private static final String TOLD = "told";
    private static final String GAP = "gap";
    private static final String NOTHING = "-";
    private static final String LEGEND =
            "number of cells that give the same result as without the gateway; 3/4! of four,"
                    + " and one failed; -: none in this run";
    private static final int FIRST_COLUMN = 21;

    private final Plan plan;
    private final List<StrangerClient> clients;
    private final Map<Way, Map<String, Outcome>> seen;
    /** The scenarios of failures with the same way, pair and reason. */
    private final Map<Failure, Set<String>> failures = new LinkedHashMap<>();

    StrangersReport(Plan plan, List<StrangerClient> clients, Map<Way, Map<String, Outcome>> seen) {
        this.plan = plan;
        this.clients = List.copyOf(clients);
        this.seen = seen;
    }

    private record Failure(Way way, String pair, String why) {
        String line(Set<String> scenarios) {
            return "FAILED " + way.label() + " " + pair + " " + String.join(", ", scenarios) + ": " + why;
        }
    }

    int failed() {
        return failures.size();
    }

    /** For each way through the gateway, a table of servers and one of scenarios; then the failures and the totals. */
    List<String> lines() {
        failures.clear();
        List<String> lines = new ArrayList<>();
        Map<String, Integer> totals = new TreeMap<>();
        for (Way way : List.of(Way.BUILTIN, Way.ENVOY)) {
            List<Cell> cells = cells(way);
            cells.forEach(cell -> totals.merge(cell.word(), 1, Integer::sum));
            lines.addAll(table(way.label(), cells, Cell::server));
            lines.add("");
            lines.addAll(table(way.label(), cells, Cell::scenario));
            lines.add("");
        }
        lines.add(LEGEND);
        failures.forEach((failure, scenarios) -> lines.add(failure.line(scenarios)));
        StringBuilder total = new StringBuilder()
                .append(totals.getOrDefault(OK, 0))
                .append(" passed, ")
                .append(totals.getOrDefault(FAILED, 0))
                .append(" failed");
        Map.of(
                        NOT_OFFERED, " not offered",
                        WITHOUT_US, " not possible without the gateway",
                        TOLD, " refused with the reason",
                        GAP, " known gaps")
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(kind -> totals.containsKey(kind.getKey()))
                .forEach(kind ->
                        total.append(", ").append(totals.get(kind.getKey())).append(kind.getValue()));
        lines.add(total.toString());
        return lines;
    }

    /** One line for each cell of the tables. */
    List<String> cells() {
        return List.of(Way.BUILTIN, Way.ENVOY).stream()
                .flatMap(way -> cells(way).stream()
                        .map(cell -> way.label() + " " + Plan.key(cell.client(), cell.server(), cell.scenario()) + " "
                                + cell.word()))
                .toList();
    }

    private record Cell(String client, String server, String scenario, String word) {}

    private List<Cell> cells(Way way) {
        List<Cell> cells = new ArrayList<>();
        for (StrangerClient client : clients) {
            for (Plan.Server server : plan.servers()) {
                for (ObjectNode step : plan.steps(client.label(), server)) {
                    String scenario = step.path("scenario").asText();
                    cells.add(new Cell(client.label(), server.name(), scenario, word(way, client, server, step)));
                }
            }
        }
        return cells;
    }

    private List<String> table(String title, List<Cell> cells, Function<Cell, String> row) {
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(padded(title, FIRST_COLUMN));
        clients.forEach(client -> head.append(padded(client.label(), width(client))));
        lines.add(head.toString().stripTrailing());
        for (String name : cells.stream().map(row).collect(Collectors.toCollection(LinkedHashSet::new))) {
            StringBuilder line = new StringBuilder(padded(name, FIRST_COLUMN));
            for (StrangerClient client : clients) {
                List<String> words = cells.stream()
                        .filter(cell -> cell.client().equals(client.label()))
                        .filter(cell -> row.apply(cell).equals(name))
                        .map(Cell::word)
                        .toList();
                line.append(padded(summary(words), width(client)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** How many of the cells passed; if none was to pass, why. */
    private static String summary(List<String> words) {
        int passed = Collections.frequency(words, OK);
        int failed = Collections.frequency(words, FAILED);
        if (passed + failed > 0) {
            return failed == 0 ? Integer.toString(passed) : passed + "/" + (passed + failed) + "!";
        }
        return words.isEmpty() ? NOTHING : words.getFirst();
    }

    private String word(Way way, StrangerClient client, Plan.Server server, ObjectNode step) {
        String scenario = step.path("scenario").asText();
        String key = Plan.key(client.label(), server.name(), scenario);
        Verdict verdict = verdict(way, client, server, step, key);
        Failure failure = new Failure(way, client.label() + " " + server.name(), verdict.why());
        if (plan.gap(key)) {
            return switch (verdict.word()) {
                case FAILED -> GAP;
                case OK -> failed(new Failure(way, failure.pair(), "works: remove it from the list gaps"), scenario);
                default -> verdict.word();
            };
        }
        return verdict.word().equals(FAILED) ? failed(failure, scenario) : verdict.word();
    }

    private String failed(Failure failure, String scenario) {
        failures.computeIfAbsent(failure, any -> new LinkedHashSet<>()).add(scenario);
        return FAILED;
    }

    /**
     * What to think of a cell.
     *
     * @param why empty if it did not fail
     */
    private record Verdict(String word, String why) {
        static Verdict of(String word) {
            return new Verdict(word, "");
        }

        static Verdict failed(String why) {
            return new Verdict(FAILED, why);
        }
    }

    private Verdict verdict(Way way, StrangerClient client, Plan.Server server, ObjectNode step, String key) {
        Outcome through = outcome(way, key);
        Optional<Pattern> refusal = plan.refusal(key);
        if (refusal.isPresent()) {
            return told(refusal.get(), through);
        }
        if (through instanceof Outcome.NotOffered lacking) {
            return plan.lacking(key)
                    ? Verdict.of(NOT_OFFERED)
                    : Verdict.failed("not on the list notOffered: " + lacking.why());
        }
        if (plan.lacking(key)) {
            return Verdict.failed("the client can do it: remove it from the list notOffered");
        }
        String scenario = step.path("scenario").asText();
        StrangerClient reference = plan.reference(client, server, scenario).orElse(client);
        String expected = Plan.key(reference.label(), server.name(), scenario);
        boolean impossible = plan.impossible(expected);
        return switch (outcome(Way.DIRECT, expected)) {
            case Outcome.NotOffered direct -> Verdict.failed("without the gateway, " + direct.why());
            case Outcome.Refused direct when impossible -> Verdict.of(WITHOUT_US);
            case Outcome.Refused direct -> Verdict.failed("not even without the gateway: " + direct.why());
            case Outcome.Seen direct
            when impossible -> Verdict.failed("works without the gateway: remove it from the list withoutUs");
            case Outcome.Seen direct ->
                compared(server, step, reference == client ? direct.result() : ofAnother(direct.result()), through);
        };
    }

    /** The result of another client, whose revision means nothing. */
    private static JsonNode ofAnother(JsonNode result) {
        return result instanceof ObjectNode object ? object.deepCopy().without("version") : result;
    }

    private static Verdict told(Pattern says, Outcome through) {
        return through instanceof Outcome.Refused refused
                        && says.matcher(refused.why()).find()
                ? Verdict.of(TOLD)
                : Verdict.failed("expected an error with the words " + says + ", got " + through);
    }

    private static Verdict compared(Plan.Server server, ObjectNode step, JsonNode direct, Outcome through) {
        Optional<String> problem = switch (through) {
            case Outcome.NotOffered lacking -> Optional.of("expected a response, got " + lacking.why());
            case Outcome.Refused refused -> Optional.of("expected a response, got " + refused.why());
            case Outcome.Seen seen ->
                Comparison.difference(step, Address.chosen().prefix(server.prefix()), direct, seen.result());
        };
        return problem.map(Verdict::failed).orElse(Verdict.of(OK));
    }

    private Outcome outcome(Way way, String key) {
        return Objects.requireNonNull(seen.get(way))
                .getOrDefault(key, new Outcome.Refused("the client printed nothing"));
    }

    private static int width(StrangerClient client) {
        return Math.max(8, client.label().length() + 2);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
