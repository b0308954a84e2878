package io.mcpgateway.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.pinning.PinningMode;
import io.mcpgateway.api.contract.pinning.ToolDigest;
import io.mcpgateway.api.contract.pinning.ToolPinning;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pinned tools in an entry of config.yaml. */
final class ToolPinningYaml {
    static final String MODE = "toolPinning";
    static final String APPROVED = "approvedTools";
    /** In the controller's documents only. */
    static final String REMEMBERED = "rememberedTools";

    private static final String DIGEST = "digest";
    private static final String MEMBERS = "members";
    private static final String FLAGGED = "flagged";

    private ToolPinningYaml() {}

    static ToolPinning read(JsonNode entry, String label, List<String> problems) {
        String word = entry.path(MODE).asText("");
        Optional<PinningMode> mode = word.isEmpty() ? Optional.of(PinningMode.OFF) : PinningMode.parse(word);
        if (mode.isEmpty()) {
            problems.add("%s: '%s' must be Off, Observe or Quarantine".formatted(label, MODE));
        }
        Set<String> digests = new LinkedHashSet<>();
        for (JsonNode digest : ConfigLists.entries(entry.path(APPROVED), label + ": '" + APPROVED + "'", problems)) {
            if (digest.isTextual() && digest.textValue().matches(ToolDigest.PATTERN)) {
                digests.add(digest.textValue());
            } else {
                problems.add(
                        "%s: '%s' must be a list of digests of 32 hex digits, as the log and /status show them; put them in quotes"
                                .formatted(label, APPROVED));
                break;
            }
        }
        List<ToolDigest> remembered = new ArrayList<>();
        for (JsonNode tool : ConfigLists.entries(entry.path(REMEMBERED), label + ": '" + REMEMBERED + "'", problems)) {
            remembered.add(digest(tool));
        }
        return new ToolPinning(mode.orElse(PinningMode.OFF), digests, remembered);
    }

    static void print(ToolPinning pinning, ObjectNode entry) {
        if (pinning.isOff()) {
            return;
        }
        entry.put(MODE, pinning.mode().word());
        if (!pinning.digests().isEmpty()) {
            pinning.digests().stream().sorted().forEach(entry.putArray(APPROVED)::add);
        }
        if (!pinning.remembered().isEmpty()) {
            ArrayNode tools = entry.putArray(REMEMBERED);
            pinning.remembered().forEach(tool -> put(tool, tools.addObject()));
        }
    }

    static void put(ToolDigest tool, ObjectNode node) {
        node.put("name", tool.name()).put(DIGEST, tool.digest()).put(MEMBERS, tool.members());
        if (tool.flagged()) {
            node.put(FLAGGED, true);
        }
    }

    static ToolDigest digest(JsonNode node) {
        return new ToolDigest(
                node.path("name").asText(""),
                node.path(DIGEST).asText(""),
                node.path(MEMBERS).asText(""),
                node.path(FLAGGED).asBoolean(false));
    }
}
