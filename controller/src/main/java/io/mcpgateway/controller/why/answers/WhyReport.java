package io.mcpgateway.controller.why.answers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.reason.Explanation;
import io.mcpgateway.api.contract.reason.ExplanationJson;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers, for people and for programs. Pure.
 *
 * @param answers each with those who gave it
 * @param gaps what could not be asked
 * @param refusal why the object of that name is not accepted, if it is not
 */
public record WhyReport(
        Map<Explanation, List<String>> answers, List<String> gaps, Optional<String> refusal, WhyFix fix) {
    private static final int NOT_SERVED = 1;
    private static final int NOT_SEEN = 3;

    public WhyReport {
        answers = new LinkedHashMap<>(answers);
        gaps = List.copyOf(gaps);
    }

    /** Of what each source told. */
    public static WhyReport of(Map<String, Part<Explanation>> told, WhyFix fix) {
        Map<Explanation, List<String>> answers = new LinkedHashMap<>();
        List<String> gaps = new ArrayList<>();
        told.forEach((source, part) -> {
            part.found()
                    .ifPresent(found -> answers.computeIfAbsent(found, _ -> new ArrayList<>())
                            .add(source));
            part.missing().map(WhyReport::text).ifPresent(gaps::add);
        });
        return new WhyReport(answers, gaps, Optional.empty(), fix);
    }

    /** The same with what the object of that name says. */
    public WhyReport with(String refused) {
        return new WhyReport(answers, gaps, Optional.of(refused), fix);
    }

    private static String text(Gap gap) {
        return gap.what() + ": " + gap.reason()
                + gap.right()
                        .map(right -> "; add to your Role: " + right.rule())
                        .orElse("");
    }

    /** As of {@code doctor}: 0 served by all who answered, 1 not served by one of them, 3 nobody could be asked. */
    public int exitCode() {
        if (refusal.isPresent()) {
            return NOT_SERVED;
        }
        if (answers.isEmpty()) {
            return NOT_SEEN;
        }
        if (!answers.keySet().stream().allMatch(Explanation::isServed)) {
            return NOT_SERVED;
        }
        return gaps.isEmpty() ? 0 : NOT_SEEN;
    }

    /** For people: first whether it is served. */
    public String text() {
        StringBuilder out = new StringBuilder();
        refusal.ifPresent(refused -> line("NOT SERVED", "its registration is not accepted: " + refused, out));
        answers.forEach((answer, sources) -> {
            if (answers.size() > 1) {
                out.append("Replicas differ. ")
                        .append(String.join(", ", sources))
                        .append(":\n");
            }
            answer.cases().forEach(one -> append(one, out));
        });
        gaps.forEach(gap -> line("UNKNOWN", gap, out));
        return out.toString();
    }

    private void append(Explanation.Case one, StringBuilder out) {
        String server = one.server().isEmpty() || one.kind().equals("server") ? "" : " of server " + one.server();
        String head = one.served() ? "SERVED" : "NOT SERVED";
        line(head, one.kind() + " " + one.name() + server + ": " + one.message(), out);
        one.code().ifPresent(code -> line("", "reason   " + code.word() + ", " + one.object(), out));
        fix.of(one).ifPresent(command -> line("", "fix      " + command, out));
        if (!one.paths().isEmpty()) {
            line("", where(one) + String.join(", ", one.paths()), out);
        }
    }

    /** A server or virtual server has its URL even while it is not served; an item is served at other places. */
    private static String where(Explanation.Case one) {
        if (one.served()) {
            return "at       ";
        }
        return one.kind().contains("server") ? "URL      " : "only at  ";
    }

    private static void line(String head, String rest, StringBuilder out) {
        out.append("%-11s%s".formatted(head, rest)).append('\n');
    }

    /** Members may be added; the present ones keep their names and types. */
    public String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("version", 1);
        ArrayNode all = root.putArray("answers");
        answers.forEach((answer, sources) -> {
            ObjectNode node = ExplanationJson.tree(answer);
            for (int index = 0; index < answer.cases().size(); index++) {
                ObjectNode one = (ObjectNode) node.path("cases").path(index);
                fix.of(answer.cases().get(index)).ifPresent(command -> one.put("fix", command));
            }
            sources.forEach(node.putArray("sources")::add);
            all.add(node);
        });
        refusal.ifPresent(refused -> root.put("notAccepted", refused));
        ArrayNode unseen = root.putArray("unseen");
        gaps.forEach(unseen::add);
        return root.toPrettyString() + "\n";
    }
}
