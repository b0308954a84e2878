package io.mcpgateway.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.pinning.PinningMode;
import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.api.contract.pinning.ToolDigest;
import io.mcpgateway.api.contract.pinning.ToolFinding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Pinned tools in {@code /status}. */
final class PinningJson {
    static final String MEMBER = "toolPinning";

    /** Why an unapproved tool is not served; absent if it is. */
    private static final String QUARANTINED = "quarantined";

    private PinningJson() {}

    static void put(PinningStatus status, ObjectNode server) {
        ObjectNode node = server.putObject(MEMBER);
        node.put("mode", status.mode().word()).put("digest", status.list());
        node.put("totalUnapproved", status.totalUnapproved());
        put(status, "unapproved", status.unapproved(), node);
        put(status, "flagged", status.flagged(), node);
        ArrayNode tools = node.putArray("tools");
        status.tools().forEach(tool -> ToolPinningYaml.put(tool, tools.addObject()));
    }

    private static void put(PinningStatus status, String list, List<ToolFinding> findings, ObjectNode node) {
        if (findings.isEmpty()) {
            return;
        }
        ArrayNode array = node.putArray(list);
        for (ToolFinding finding : findings) {
            ObjectNode told = array.addObject().put("name", finding.name()).put("digest", finding.digest());
            if (finding.kind() != ToolFinding.Kind.APPROVED && status.mode() == PinningMode.QUARANTINE) {
                told.put("reason", QUARANTINED);
            }
            told.put("state", finding.kind().word());
            if (!finding.changed().isEmpty()) {
                finding.changed().forEach(told.putArray("changed")::add);
            }
            if (!finding.warnings().isEmpty()) {
                finding.warnings().forEach(told.putArray("warnings")::add);
            }
        }
    }

    /** Empty for a server whose tools are not pinned, and from a broker that knows nothing of it. */
    static Optional<PinningStatus> read(JsonNode server) {
        JsonNode node = server.path(MEMBER);
        Optional<PinningMode> mode = PinningMode.parse(node.path("mode").asText(""));
        if (mode.isEmpty()) {
            return Optional.empty();
        }
        List<ToolDigest> tools = new ArrayList<>();
        node.path("tools").forEach(tool -> tools.add(ToolPinningYaml.digest(tool)));
        return Optional.of(new PinningStatus(
                mode.get(),
                node.path("digest").asText(""),
                tools,
                node.path("totalUnapproved").asInt(0),
                findings(node.path("unapproved")),
                findings(node.path("flagged"))));
    }

    private static List<ToolFinding> findings(JsonNode list) {
        List<ToolFinding> findings = new ArrayList<>();
        for (JsonNode finding : list) {
            findings.add(new ToolFinding(
                    finding.path("name").asText(""),
                    finding.path("digest").asText(""),
                    kind(finding.path("state").asText("")),
                    texts(finding.path("changed")),
                    texts(finding.path("warnings"))));
        }
        return findings;
    }

    private static ToolFinding.Kind kind(String word) {
        return Arrays.stream(ToolFinding.Kind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElse(ToolFinding.Kind.NEW);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
