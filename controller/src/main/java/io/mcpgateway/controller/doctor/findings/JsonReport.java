package io.mcpgateway.controller.doctor.findings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The report for programs. Members may be added; the present ones keep their names and types (docs/doctor.md). */
public final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {}

    public static String of(Diagnosis diagnosis) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", 1);
        root.put("healthy", diagnosis.cause().isEmpty());
        root.put("millis", diagnosis.took().toMillis());
        ObjectNode counts = root.putObject("counts");
        for (Verdict verdict : Verdict.values()) {
            counts.put(word(verdict), diagnosis.of(verdict).size());
        }
        diagnosis.cause().ifPresent(cause -> root.set("cause", node(cause)));
        ArrayNode findings = root.putArray("findings");
        diagnosis.findings().forEach(finding -> findings.add(node(finding)));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values could not be printed", impossible);
        }
    }

    private static ObjectNode node(Finding finding) {
        ObjectNode node = JSON.createObjectNode()
                .put("verdict", word(finding.verdict()))
                .put("link", finding.link().title())
                .put("reason", finding.reason())
                .put("subject", finding.subject())
                .put("message", finding.message());
        ArrayNode evidence = node.putArray("evidence");
        finding.evidence().forEach(evidence::add);
        ArrayNode fix = node.putArray("fix");
        finding.fix().forEach(fix::add);
        return node;
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
